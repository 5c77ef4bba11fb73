use decision::{Action, On};
use model::{AcceptedIdentity, AcceptedIdentityId, Edit, FactKind, UserId};

use crate::plan::sentence;
use crate::{App, Changed, Error, Plan, Planning, Request};

impl App {
    /// Withdraws an account that was accepted, or declines one that is asked for. Sessions that came in as it open the
    /// organization no more from their next click on; they stay what they are elsewhere.
    pub async fn withdraw_identity(
        &self,
        request: Request,
        user: UserId,
        id: AcceptedIdentityId,
        reason: &str,
    ) -> Result<Changed<()>, Error> {
        let organization = request.organization;
        let asked = self.store.identity_request(organization, id).await?;
        let is_asked = asked.is_some_and(|asked| asked.user == user);
        let plan = |planning: &Planning<'_>| withdraw(planning, user, id, is_asked, reason);
        let changed = self.change(request, plan).await?;
        // After the evidence of it: a request that is left over opens nothing, and is declined again.
        self.store.forget_identity_request(organization, id).await?;
        Ok(changed)
    }
}

fn withdraw(
    planning: &Planning<'_>,
    user: UserId,
    id: AcceptedIdentityId,
    is_asked: bool,
    reason: &str,
) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::IdentityWithdraw, On::Member(user))?;
    let accepted = planning.facts.accepted_identity(id).filter(|identity| identity.user == user);
    let reason = sentence("reason", reason)?;
    let edits = match accepted {
        Some(identity) => vec![Edit::remove(AcceptedIdentity::clone(identity))],
        None if is_asked => Vec::new(),
        None => return Err(Error::NotFound(FactKind::AcceptedIdentity)),
    };
    Ok(Plan::new(permit, edits, ()).because(reason))
}
