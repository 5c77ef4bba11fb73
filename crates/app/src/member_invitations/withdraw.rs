use decision::{Action, On};
use model::{Edit, FactKind, MemberInvitation, MemberInvitationId};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Takes a person's invitation back. Its link leads nowhere from then on.
pub fn withdraw(
    planning: &Planning<'_>,
    id: MemberInvitationId,
    reason: &str,
) -> Result<Plan<MemberInvitation>, Error> {
    let found = planning.facts.member_invitation(id).ok_or(Error::NotFound(FactKind::MemberInvitation));
    let before = MemberInvitation::clone(found?);
    let permit = planning.permit(Action::MemberInvitationWithdraw, On::Invited(id, before.role))?;
    planning.still(before.clone())?;
    let after = before.clone().withdraw(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
