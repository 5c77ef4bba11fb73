use decision::{Action, On};
use model::{Because, Edit, FactKind, Invitation, InvitationId, StateError};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Lets an invited agent in.
pub fn accept(planning: &Planning<'_>, id: InvitationId, reason: &str) -> Result<Plan<Invitation>, Error> {
    let before = present(planning, id)?;
    answer(
        planning,
        Action::InvitationAccept,
        On::Workspace(before.workspace),
        before,
        reason,
        Invitation::accept,
    )
}

/// Keeps an invited agent out, or puts an accepted one out again.
pub fn decline(planning: &Planning<'_>, id: InvitationId, reason: &str) -> Result<Plan<Invitation>, Error> {
    let before = present(planning, id)?;
    answer(
        planning,
        Action::InvitationDecline,
        On::Workspace(before.workspace),
        before,
        reason,
        Invitation::decline,
    )
}

/// Takes an invitation back, for whoever answers for the agent now. The agent is looked for in [`Planning::home`].
pub fn withdraw(planning: &Planning<'_>, id: InvitationId, reason: &str) -> Result<Plan<Invitation>, Error> {
    let before = present(planning, id)?;
    // Who may not even see the workspace may not learn of its invitations; the agent's owner may, wherever they are.
    let owner = planning.home.agent(before.agent).map(|agent| agent.owner);
    if owner.is_none() || owner != planning.user() {
        planning.permit(Action::WorkspaceRead, On::Workspace(before.workspace))?;
    }
    answer(
        planning,
        Action::InvitationWithdraw,
        On::Agent(before.agent),
        before,
        reason,
        Invitation::withdraw,
    )
}

fn present(planning: &Planning<'_>, id: InvitationId) -> Result<Invitation, Error> {
    let found = planning.facts.invitation(id).ok_or(Error::NotFound(FactKind::Invitation))?;
    Ok(Invitation::clone(found))
}

fn answer(
    planning: &Planning<'_>,
    action: Action,
    on: On,
    before: Invitation,
    reason: &str,
    verb: impl FnOnce(Invitation, Because) -> Result<Invitation, StateError>,
) -> Result<Plan<Invitation>, Error> {
    let permit = planning.permit(action, on)?;
    planning.still(before.clone())?;
    let after = verb(before.clone(), planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
