use decision::{Action, On};
use model::{DecisionId, OrganizationId, PrincipalId, UserId};
use store::{DecisionCursor, DecisionFilter, Page, StoredDecision};

use crate::{App, Error, Reading};

impl App {
    /// The decisions that a filter leaves and the caller may see. Whoever has no general right to see decisions sees
    /// their own and those of the agents they answered for at the time, whatever else the filter says.
    pub async fn decisions(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        mut filter: DecisionFilter,
        page: Page<DecisionCursor>,
    ) -> Result<Vec<StoredDecision>, Error> {
        filter.attributable_to = visible(reading, filter.attributable_to)?;
        Ok(self.store.decisions(organization, &filter, page).await?)
    }

    /// One decision, if the caller may see it.
    pub async fn decision(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        id: DecisionId,
    ) -> Result<Option<StoredDecision>, Error> {
        let found = self.store.decision(organization, id).await?;
        Ok(found.filter(|found| sees_all(reading) || sees_own(reading, found)))
    }
}

/// Whose decisions the caller is shown: nobody's in particular where they may see all, otherwise those attributable to
/// the person asked for, or to themselves.
pub(super) fn visible(reading: &Reading, asked: Option<UserId>) -> Result<Option<UserId>, Error> {
    if sees_all(reading) {
        return Ok(asked);
    }
    let person = asked.or(user(reading));
    reading.check(Action::DecisionRead, On::Evidence(person))?;
    Ok(person)
}

pub(super) fn sees_all(reading: &Reading) -> bool {
    reading.may(Action::DecisionRead, On::Evidence(None))
}

pub(super) fn sees_own(reading: &Reading, found: &StoredDecision) -> bool {
    let parties = found.actor.iter().chain(found.owner.iter());
    let own = parties.filter_map(|party| as_user(party.id)).any(|person| Some(person) == user(reading));
    own && reading.may(Action::DecisionRead, On::Evidence(user(reading)))
}

fn user(reading: &Reading) -> Option<UserId> {
    reading.caller.principal.and_then(as_user)
}

fn as_user(principal: PrincipalId) -> Option<UserId> {
    match principal {
        PrincipalId::User(id) => Some(id),
        PrincipalId::Agent(_) | PrincipalId::Robot(_) => None,
    }
}
