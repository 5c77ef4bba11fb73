use decision::{Action, On};
use model::{AcceptedIdentity, AcceptedIdentityId, Edit, FactKind, Snapshot, UserId};
use store::IdentityRequest;

use crate::{App, Changed, Error, Plan, Planning, Request};

impl App {
    /// Accepts the account that a person asks to come in by: from their next click on, a session that came in as it opens
    /// the organization.
    pub async fn accept_identity(
        &self,
        request: Request,
        user: UserId,
        id: AcceptedIdentityId,
    ) -> Result<Changed<AcceptedIdentity>, Error> {
        let asked = self.store.identity_request(request.organization, id).await?;
        let asked = asked.filter(|asked| asked.user == user);
        let is_vouched = match &asked {
            Some(asked) => self.still_vouches(&accepted(asked.clone(), user, asked.asked_at)).await?,
            None => false,
        };
        self.change(request, |planning| accept(planning, user, asked, is_vouched)).await
    }
}

fn accept(
    planning: &Planning<'_>,
    user: UserId,
    asked: Option<IdentityRequest>,
    is_vouched: bool,
) -> Result<Plan<AcceptedIdentity>, Error> {
    let permit = planning.permit(Action::IdentityAccept, On::Member(user))?;
    let asked = asked.ok_or(Error::NotFound(FactKind::AcceptedIdentity))?;
    let member = planning.facts.member(user).filter(|member| member.is_active());
    member.ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
    if planning.facts.enforced_connection().is_some() {
        let detail = "the organization demands its own provider; while it does, no other opens it";
        return Err(Error::Conflict { code: "demanded", detail: detail.to_owned() });
    }
    if !is_vouched {
        let detail = "their provider does not vouch for this account as it did when they asked; they sign in by it and \
                      ask again";
        return Err(Error::Conflict { code: "changed", detail: detail.to_owned() });
    }
    let by = permit.user().ok_or_else(|| Error::Internal("an identity accepted by nobody".to_owned()))?;
    let identity = accepted(asked, by, planning.now);
    let edit = taking(planning.facts, &identity);
    Ok(Plan::new(permit, vec![edit], identity))
}

/// The account of a request, accepted.
fn accepted(asked: IdentityRequest, by: UserId, at: model::Timestamp) -> AcceptedIdentity {
    let IdentityRequest { id, user, connection, issuer, subject, voucher, .. } = asked;
    AcceptedIdentity { id, user, connection, issuer, subject, voucher, accepted_by: by, accepted_at: at }
}

/// The edit that takes an account in. One that was accepted before, and that something else vouches for by now, gives way
/// to it: an account stands once in an organization.
pub(crate) fn taking(facts: &Snapshot, identity: &AcceptedIdentity) -> Edit {
    let is_it = |old: &AcceptedIdentity| {
        old.connection == identity.connection
            && old.issuer == identity.issuer
            && old.subject == identity.subject
    };
    match facts.identities_of(identity.user).find(|old| is_it(old)) {
        Some(old) => {
            Edit::update(AcceptedIdentity::clone(old), AcceptedIdentity { id: old.id, ..identity.clone() })
        }
        None => Edit::create(identity.clone()),
    }
}
