use chrono::TimeDelta;
use decision::{Action, Caller, Means, On};
use egress::dns::DnsError;
use model::{Domain, DomainId, Edit, OrganizationId, Timestamp};
use store::DomainCheck;

use crate::{App, Error, Plan, Planning, Request};

/// A proof is looked for once a day (security.md S4).
const EVERY: TimeDelta = TimeDelta::hours(24);

/// A domain whose proof is gone for so long leads nobody any more: long enough to mend a mistake over a weekend.
pub const GRACE: TimeDelta = TimeDelta::hours(72);

impl App {
    /// Looks for the proofs that were last looked for a day ago, and lets go of those that have been gone for longer
    /// than [`GRACE`]. Returns how many it let go of.
    pub async fn recheck_domains(&self) -> Result<usize, Error> {
        let mut lapsed = 0;
        for (organization, id) in self.store.proven_domains().await? {
            // One that fails keeps nobody else's from being looked at.
            match self.recheck(organization, id).await {
                Ok(has_lapsed) => lapsed += usize::from(has_lapsed),
                Err(error) => {
                    tracing::warn!(%organization, domain = %id, %error, "a domain was not looked at");
                }
            }
        }
        Ok(lapsed)
    }

    async fn recheck(&self, organization: OrganizationId, id: DomainId) -> Result<bool, Error> {
        let now = self.engine.world().now();
        let last = self.store.domain_check(organization, id).await?;
        if last.is_some_and(|last| now - last.checked_at < EVERY) {
            return Ok(false);
        }
        let facts = self.engine.replica().hold(organization).await?;
        let Some(domain) = facts.domain(id).filter(|domain| domain.is_proven()) else { return Ok(false) };
        let missing_since = match self.is_there(domain).await {
            Ok(true) => None,
            // The resolver is ours: while it is down, nothing was found out about anybody.
            Err(DnsError::Unreachable) => return Ok(false),
            Ok(false) | Err(_) => Some(last.and_then(|last| last.missing_since).unwrap_or(now)),
        };
        let check = DomainCheck { checked_at: now, missing_since };
        self.store.note_domain_check(organization, id, check).await?;
        if !is_over(missing_since, now) {
            return Ok(false);
        }
        let caller = Caller { principal: None, means: Means::Clock };
        let request = Request { caller, organization, home: None, if_match: None };
        self.change(request, |planning| lapse(planning, id)).await?;
        Ok(true)
    }
}

fn is_over(missing_since: Option<Timestamp>, now: Timestamp) -> bool {
    missing_since.is_some_and(|since| now - since >= GRACE)
}

fn lapse(planning: &Planning<'_>, id: DomainId) -> Result<Plan<Domain>, Error> {
    let permit = planning.permit(Action::DomainLapse, On::Domain(id))?;
    let before = planning.domain(id)?.clone();
    let because = planning.because("its proof has been gone for longer than three days");
    let after = before.clone().lapse(because)?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
