use decision::Action;
use model::{
    Edit, FactKind, Member, RobotState, RoleId, WorkspaceId, WorkspaceMembership, WorkspaceMembershipId,
};

use crate::workspaces::place::permit;
use crate::{Error, Plan, Planning};

/// Puts a person or robot into a workspace with a role. A person's agents may enter with them, bounded by their
/// scopes; there is nothing to write for it.
pub fn enter(
    planning: &Planning<'_>,
    workspace: WorkspaceId,
    member: Member,
    role: RoleId,
) -> Result<Plan<WorkspaceMembership>, Error> {
    let permit = permit(planning, Action::WorkspaceMembershipAdd, workspace, member)?;
    planning.workspace(workspace)?;
    can_enter(planning, member)?;
    if planning.facts.role(role).is_none() {
        return Err(Error::invalid("role", "no role of that id"));
    }
    if planning.facts.roles_held(member, workspace).any(|(_, held)| held == role) {
        let detail = "they have this role in the workspace already";
        return Err(Error::Conflict { code: "taken", detail: detail.to_owned() });
    }
    let id = WorkspaceMembershipId::draw(planning.now, &mut planning.entropy());
    let membership = WorkspaceMembership { id, workspace, member, role };
    Ok(Plan::new(permit, vec![Edit::create(membership.clone())], membership))
}

fn can_enter(planning: &Planning<'_>, member: Member) -> Result<(), Error> {
    match member {
        Member::User(user) => planning.active_member("user", user).map(drop),
        Member::Robot(robot) => match planning.robot(robot).map(|robot| &robot.state) {
            Ok(RobotState::Live | RobotState::Paused(_)) => Ok(()),
            Ok(RobotState::Deleted(_)) | Err(Error::NotFound(FactKind::Robot)) => {
                Err(Error::invalid("robot", "no robot of that id"))
            }
            Err(other) => Err(other),
        },
    }
}
