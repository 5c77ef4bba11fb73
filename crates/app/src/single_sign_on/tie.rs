use model::Session;

use super::{Admitted, Finished};
use crate::{App, Error};

/// A provider's account that a person can come in by, or has tied to themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The organization's name.
    pub organization: String,
    /// By which connection.
    pub connection: model::ConnectionId,
    /// What people call it.
    pub name: String,
    /// The addresses that the provider said last, of the accounts that are tied; empty text where it said none.
    pub tied: Vec<String>,
}

impl App {
    /// Ties the account that somebody has shown to the person of a session. Never by an address: by being signed in here
    /// and there (security.md S1).
    pub async fn tie(&self, finished: &Finished, session: &Session) -> Result<Admitted, Error> {
        self.may_tie(session, finished.organization).await?;
        self.admit(finished, Some(session.user)).await
    }

    /// The ways in of the organizations that a session opens, and what of each is tied to its person.
    pub async fn ties(&self, session: &Session) -> Result<Vec<Tie>, Error> {
        let mut ties = Vec::new();
        // Where an acceptance alone lets the session in, it ties nothing.
        let places = self.places(session).await?.into_iter().filter(|place| !place.is_by_acceptance);
        for place in places {
            let identities = self.store.identities_of(place.organization.id, session.user).await?;
            for connection in place.facts.list_connections(None).filter(|connection| connection.lets_in()) {
                let theirs = identities.iter().filter(|identity| identity.connection == connection.id);
                ties.push(Tie {
                    organization: place.organization.name.to_string(),
                    connection: connection.id,
                    name: connection.name.to_string(),
                    tied: theirs.map(|identity| identity.address.clone().unwrap_or_default()).collect(),
                });
            }
        }
        Ok(ties)
    }
}
