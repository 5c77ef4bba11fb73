use decision::{Action, On};
use model::{Edit, Group, GroupId, GroupMember};

use super::told::{Told, check};
use crate::{Error, Plan, Planning};

/// Brings a group. It gives nothing until somebody of the organization says what.
pub fn create(planning: &Planning<'_>, told: Told) -> Result<Plan<GroupId>, Error> {
    let id = GroupId::draw(planning.now, &mut planning.entropy());
    let permit = planning.permit(Action::GroupCreate, On::Group(id))?;
    check(planning, id, &told)?;
    let group = Group {
        id,
        name: told.name,
        external_id: told.external_id,
        created_at: planning.now,
        modified_at: planning.now,
    };
    let mut edits = vec![Edit::create(group)];
    edits.extend(told.members.into_iter().map(|user| Edit::create(GroupMember { group: id, user })));
    Ok(Plan::new(permit, edits, id))
}
