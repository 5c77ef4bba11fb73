use model::{AgentId, FactKind, OrganizationId};

use crate::{App, Error};

impl App {
    /// The organization that an agent belongs to, for a request about it in another one. `named`: its id or slug, as
    /// the caller says it, which then has to be right.
    ///
    /// Nobody may be told the answer: it only says in which facts the use case has to look.
    pub async fn home_of_agent(&self, agent: AgentId, named: Option<&str>) -> Result<OrganizationId, Error> {
        let unknown = || Error::NotFound(FactKind::Agent);
        let found = self.store.organization_of_agent(agent).await?.ok_or_else(unknown)?;
        let named = match named {
            None => return Ok(found),
            Some(text) => match text.parse() {
                Ok(id) => Some(id),
                Err(_) => self.store.organization_by_slug(text).await?,
            },
        };
        named.filter(|named| *named == found).ok_or_else(unknown)
    }
}
