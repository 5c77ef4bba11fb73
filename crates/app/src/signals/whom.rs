use std::collections::BTreeMap;

use model::{ConnectionId, OrganizationId, SignalStream, Snapshot, UserId};

use super::Subject;
use crate::{App, Error};

/// Somebody of the organization who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant {
    /// Who.
    pub user: UserId,
    /// The connection whose provider vouches for them, where the directory did not bring them. It ends what they have, and
    /// deactivates nobody.
    pub vouched_by: Option<ConnectionId>,
}

impl App {
    /// The people who are meant: nobody, one, or several who share an address. `stream`: which one says so; none is the
    /// directory's key.
    ///
    /// By issuer and subject whoever is tied to that account of a connection here, and otherwise whom the directory brought
    /// under that id. The issuer has to be one that the organization knows: the same subject of another provider is
    /// somebody else.
    ///
    /// An address links nobody to anything (security.md S1); here it only ends what people of the directory have, and ends
    /// it for all who have it, which is what whoever sends it wants.
    pub async fn whom(
        &self,
        organization: OrganizationId,
        facts: &Snapshot,
        subject: &Subject,
        stream: Option<&SignalStream>,
    ) -> Result<Vec<Meant>, Error> {
        let brought = |user| Meant { user, vouched_by: None };
        Ok(match subject {
            Subject::Id(id) => {
                let ours = id.parse().ok().filter(|id| facts.directory_user(*id).is_some());
                ours.or_else(|| by_external_id(facts, id)).map(brought).into_iter().collect()
            }
            Subject::IssuerSubject { issuer, .. } if !is_known(facts, issuer, stream) => Vec::new(),
            Subject::IssuerSubject { issuer, subject } => {
                let tied = self.tied(organization, facts, issuer, subject).await?;
                if tied.is_empty() {
                    by_external_id(facts, subject).map(brought).into_iter().collect()
                } else {
                    tied
                }
            }
            Subject::Email(email) => by_address(facts, email).map(brought).collect(),
        })
    }

    /// Whoever came in as that account by a connection of the organization.
    async fn tied(
        &self,
        organization: OrganizationId,
        facts: &Snapshot,
        issuer: &str,
        subject: &str,
    ) -> Result<Vec<Meant>, Error> {
        let mut tied = BTreeMap::new();
        for connection in facts.list_connections(None) {
            let identity = self.store.identity(organization, connection.id, issuer, subject).await?;
            let member = identity.map(|identity| identity.user).filter(|user| facts.member(*user).is_some());
            let Some(user) = member else { continue };
            let vouched_by = Some(connection.id).filter(|_| facts.directory_user(user).is_none());
            tied.entry(user).or_insert(Meant { user, vouched_by });
        }
        Ok(tied.into_values().collect())
    }
}

/// Whether an issuer is one that may speak of people here: the stream's own, or that of a connection. The directory's key
/// has none of its own; where nothing here names any, it is taken at its word.
fn is_known(facts: &Snapshot, issuer: &str, stream: Option<&SignalStream>) -> bool {
    let of_connection = facts.list_connections(None).any(|connection| connection.terms.issuer == issuer);
    let of_stream = match stream {
        Some(stream) => stream.issuer == issuer,
        None => facts.list_signal_streams(None).any(|stream| stream.issuer == issuer),
    };
    let names_none =
        || facts.list_connections(None).next().is_none() && facts.list_signal_streams(None).next().is_none();
    of_connection || of_stream || (stream.is_none() && names_none())
}

fn by_external_id(facts: &Snapshot, id: &str) -> Option<UserId> {
    facts.directory_user_by_external_id(id).map(|entry| entry.user)
}

fn by_address<'a>(facts: &'a Snapshot, email: &'a str) -> impl Iterator<Item = UserId> + 'a {
    let is_theirs = move |user: UserId, name: &str| {
        let address = facts.user(user).and_then(|person| person.email.as_deref());
        name.eq_ignore_ascii_case(email) || address.is_some_and(|address| address.eq_ignore_ascii_case(email))
    };
    let entries = facts.list_directory_users(None);
    entries.filter(move |entry| is_theirs(entry.user, &entry.user_name)).map(|entry| entry.user)
}
