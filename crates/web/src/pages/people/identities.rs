//! By which accounts of other organizations' providers a person comes in, and by which they ask to.

use app::identities::{Idle, OutsideIdentity, Standing};
use app::{App, Error, Reading};
use decision::{Action, On};
use model::{AcceptedIdentityId, FactKind, OrganizationMembership, UserId};
use serde::Deserialize;

use super::{name, title};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::{Moment, Zone};
use crate::session::Visit;

/// What stands beside the button while the organization demands its own provider.
const DEMANDED: &str = "Your organization demands its own provider. While it does, no other opens it.";

/// The path of one account of a person.
#[derive(Debug, Deserialize)]
pub(super) struct IdentityPath {
    pub(super) person: UserId,
    pub(super) identity: AcceptedIdentityId,
}

/// The part of a person's page that is about them.
pub(super) struct ComesIn {
    pub(super) rows: Vec<IdentityRow>,
    pub(super) accept: Ability,
    pub(super) withdraw: Ability,
    /// What follows from accepting one.
    pub(super) means: String,
}

/// An account, as it is shown. Whose provider it is, is not: the issuer and who they are there is what the person has
/// shown by asking.
pub(super) struct IdentityRow {
    pub(super) id: String,
    pub(super) issuer: String,
    pub(super) subject: String,
    /// `asked`, `counts` or `idle`.
    pub(super) state: &'static str,
    pub(super) at: Moment,
    /// Who accepted it.
    pub(super) by: String,
    /// Why it opens nothing, though it was accepted.
    pub(super) idle: &'static str,
}

impl IdentityRow {
    fn of(reading: &Reading, zone: Zone, identity: OutsideIdentity) -> Self {
        let OutsideIdentity { id, issuer, subject, standing } = identity;
        let (at, by, idle, state) = match standing {
            Standing::Asked { at } => (at, String::new(), "", "asked"),
            Standing::Accepted { by, at, idle } => {
                let idle = match idle {
                    None => "",
                    Some(Idle::Demanded) => DEMANDED,
                    Some(Idle::NotVouchedFor) => {
                        "It opens nothing now: its provider does not vouch for it as it did when it was accepted. If they \
                         sign in by it and ask again, it can be accepted as it is now."
                    }
                };
                (at, name(&reading.facts, by), idle, if idle.is_empty() { "counts" } else { "idle" })
            }
        };
        Self { id: id.to_string(), issuer, subject, state, at: zone.moment(at), by, idle }
    }
}

/// The accounts of a person, for whoever may see them.
pub(super) async fn comes_in(
    app: &App,
    visit: &Visit,
    reading: &Reading,
    member: &OrganizationMembership,
    zone: Zone,
) -> Result<Option<ComesIn>, Problem> {
    let on = On::Member(member.user);
    if !reading.may(Action::IdentityRead, on) {
        return Ok(None);
    }
    let all = app.outside_identities(reading, visit.organization, member.user).await?;
    let is_demanded = reading.facts.enforced_connection().is_some();
    Ok(Some(ComesIn {
        rows: all.into_iter().map(|identity| IdentityRow::of(reading, zone, identity)).collect(),
        accept: Ability::of(reading, Action::IdentityAccept, on).unless(is_demanded, DEMANDED),
        withdraw: Ability::of(reading, Action::IdentityWithdraw, on),
        means: format!(
            "Whoever runs that provider can then come in here as {}, {}. It is this one account, and nothing else that the \
             provider says.",
            name(&reading.facts, member.user),
            title(member.role).to_lowercase(),
        ),
    }))
}

/// One of them, or nothing that is there.
pub(super) async fn seen_identity(
    app: &App,
    visit: &Visit,
    reading: &Reading,
    path: &IdentityPath,
) -> Result<OutsideIdentity, Problem> {
    let all = app.outside_identities(reading, visit.organization, path.person).await?;
    let found = all.into_iter().find(|identity| identity.id == path.identity);
    Ok(found.ok_or(Error::NotFound(FactKind::AcceptedIdentity))?)
}

/// The page that they stand on.
pub(super) fn there(visit: &Visit, path: &IdentityPath) -> String {
    format!("/o/{}/people/{}", visit.slug, path.person)
}
