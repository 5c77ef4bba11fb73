use chrono::TimeDelta;
use decision::{Action, On};
use model::{Domain, DomainId, DomainName, DomainState, Edit};

use super::public::why_nobodys;
use crate::{Error, Plan, Planning};

/// A claim is only a note, and not for ever (security.md S4).
const TO_PROVE: TimeDelta = TimeDelta::days(7);

/// More domains than an organization has mail at; each is looked at daily.
const MOST: usize = 100;

/// Claims a domain, and says what its name servers will have to say. A claim that was never proven, or is stale, is
/// taken up again with a new challenge.
pub fn add(planning: &Planning<'_>, name: DomainName) -> Result<Plan<Domain>, Error> {
    let permit = planning.permit(Action::DomainAdd, On::Organization)?;
    if let Some(why) = why_nobodys(&name) {
        return Err(Error::invalid("name", format!("`{name}` cannot be proven: {why}")));
    }
    let old = planning.facts.domain_by_name(name.as_str());
    if old.is_some_and(|domain| domain.is_proven()) {
        let detail = format!("`{name}` is proven already");
        return Err(Error::Conflict { code: "taken", detail });
    }
    if old.is_none() && planning.facts.list_domains(None).count() >= MOST {
        let detail = format!("there are {MOST} domains already; remove one first");
        return Err(Error::Conflict { code: "too_many", detail });
    }
    let mut entropy = planning.entropy();
    let domain = Domain {
        id: old.map_or_else(|| DomainId::draw(planning.now, &mut entropy), |domain| domain.id),
        name,
        challenge: Domain::draw_challenge(&mut entropy),
        state: DomainState::Pending { expires_at: planning.now + TO_PROVE },
        created_at: planning.now,
    };
    let edit = match old {
        Some(old) => Edit::update(Domain::clone(old), domain.clone()),
        None => Edit::create(domain.clone()),
    };
    Ok(Plan::new(permit, vec![edit], domain))
}
