use decision::{Action, On};
use model::{
    ClientAuthentication, Connection, ConnectionId, ConnectionState, Edit, Name, OrganizationRole, Proposal,
    SecretId, Terms,
};

use super::CheckedTerms;
use super::terms::places_are_there;
use crate::{Error, Plan, Planning};

/// What about a way in is to be otherwise. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct ConnectionPatch {
    /// Its name.
    pub name: Option<Name>,
    /// Its terms.
    pub terms: Option<CheckedTerms>,
    /// A new secret of the client, which is sealed and kept already.
    pub secret: Option<SecretId>,
}

/// What came of an update.
#[derive(Debug, Clone)]
pub struct Updated {
    /// The connection as it is now.
    pub connection: Connection,
    /// Whether other terms wait for a second person.
    pub waits: bool,
}

/// Changes a way in. Where people come in by it, other terms wait for a second person (security.md S2): whoever could
/// change them alone could become anybody, an owner too.
pub fn update(
    planning: &Planning<'_>,
    id: ConnectionId,
    wanted: ConnectionPatch,
) -> Result<Plan<Updated>, Error> {
    let permit = planning.permit(Action::ConnectionUpdate, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    planning.still(before.clone())?;
    let mut after = before.clone();
    after.name = wanted.name.unwrap_or(after.name);
    let terms = new_terms(&before, wanted.terms.map(CheckedTerms::terms), wanted.secret);
    if terms != before.terms {
        places_are_there(planning, &terms)?;
        if before.lets_in() && has_a_second_person(planning) {
            let by =
                permit.user().ok_or_else(|| Error::Internal("a connection changed by nobody".to_owned()))?;
            after.proposal = Some(Box::new(Proposal { terms, by, at: planning.now }));
        } else {
            after = with_terms(after, terms);
        }
    }
    let waits = after.proposal.is_some();
    let value = Updated { connection: after.clone(), waits };
    Ok(Plan::new(permit, vec![Edit::update(before, after)], value))
}

/// The terms that are wanted. A secret is the old provider's: another provider or client never gets to see it.
fn new_terms(before: &Connection, wanted: Option<Terms>, secret: Option<SecretId>) -> Terms {
    let mut terms = wanted.unwrap_or_else(|| before.terms.clone());
    let same = terms.issuer == before.terms.issuer
        && terms.client.id == before.terms.client.id
        && terms.kind == before.terms.kind
        // A key of ours must not be sent as a secret, nor a secret be taken for a key.
        && has_key(&terms) == has_key(&before.terms);
    terms.client.secret = secret.or(before.terms.client.secret.filter(|_| same));
    terms
}

fn has_key(terms: &Terms) -> bool {
    terms.client.authentication == ClientAuthentication::PrivateKeyJwt
}

/// The connection on other terms. Tested were the old ones; demanded, it stays so, since break-glass is there.
pub(super) fn with_terms(connection: Connection, terms: Terms) -> Connection {
    let state = match connection.state {
        ConnectionState::Tested(_) => ConnectionState::Draft,
        state => state,
    };
    Connection { terms, state, proposal: None, ..connection }
}

/// Whether somebody else could be asked at all. Alone, an administrator changes it alone, and the evidence says who.
fn has_a_second_person(planning: &Planning<'_>) -> bool {
    let user = planning.user();
    planning.facts.list_members(None).any(|member| {
        member.is_active() && member.role >= OrganizationRole::Admin && Some(member.user) != user
    })
}
