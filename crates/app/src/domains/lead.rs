use std::sync::Arc;

use model::{Connection, DomainName, OrganizationId, Snapshot};

use crate::{App, Error};

/// Where somebody with an address of a proven domain signs in.
#[derive(Debug, Clone)]
pub struct Realm {
    /// At which organization.
    pub organization: OrganizationId,
    /// By which connection.
    pub connection: Arc<Connection>,
}

impl App {
    /// Where an address leads. It only leads: it lets nobody in, and says nothing of whether the address exists
    /// (security.md S4).
    pub async fn realm_of(&self, address: &str) -> Result<Option<Realm>, Error> {
        let Some(name) = DomainName::of_address(address) else { return Ok(None) };
        let Some(organization) = self.store.organization_of_domain(name.as_str()).await? else {
            return Ok(None);
        };
        let facts = self.engine.replica().hold(organization).await?;
        // The facts say whether it still is: what leads here is only an index.
        let proven = facts.domain_by_name(name.as_str()).is_some_and(|domain| domain.is_proven());
        let active = facts.organization().is_some_and(|organization| organization.is_active());
        let connection = way_in(&facts).filter(|_| proven && active);
        Ok(connection.map(|connection| Realm { organization, connection: Arc::clone(connection) }))
    }
}

/// The connection that is demanded, or else the oldest that lets people in.
fn way_in(facts: &Snapshot) -> Option<&Arc<Connection>> {
    let first = || facts.list_connections(None).find(|connection| connection.lets_in());
    facts.enforced_connection().or_else(first)
}
