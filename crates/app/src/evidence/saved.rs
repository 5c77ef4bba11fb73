//! Queries that people keep: for themselves, or, as an administrator, for everybody in the organization.

use decision::{Action, On};
use model::{Name, OrganizationId, UserId};
use store::SavedQuery;
use uuid::Uuid;

use super::Query;
use crate::{App, Error, Reading};

/// What a query is called stands in a row of others.
const LONGEST_NAME: usize = 80;

impl App {
    /// The queries that the caller sees: their own, and the organization's.
    pub async fn saved_queries(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<Vec<SavedQuery>, Error> {
        match own(reading) {
            Ok(user) => Ok(self.store.saved_queries(organization, user).await?),
            // Who is no person keeps none.
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Keeps a query under a name.
    pub async fn save_query(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        name: &str,
        line: &str,
        is_shared: bool,
    ) -> Result<SavedQuery, Error> {
        let user = own(reading)?;
        reading.check(Action::DecisionRead, On::Evidence(Some(user)))?;
        if is_shared {
            self.require(reading, Action::SavedQueryShare, On::Organization).await?;
        }
        let name: Name = name.parse().map_err(|error| Error::invalid("name", format!("{error}")))?;
        if name.as_str().chars().count() > LONGEST_NAME {
            return Err(Error::invalid("name", format!("at most {LONGEST_NAME} characters")));
        }
        let query = Query::parse(line).map_err(|error| Error::invalid("q", error.to_string()))?;
        query.search(&reading.facts, reading.now).map_err(|error| Error::invalid("q", error.to_string()))?;
        if query.is_empty() {
            return Err(Error::invalid("q", "a query that asks for something"));
        }
        let world = self.engine.world();
        let id = model::AgentId::draw(world.now(), &mut world.entropy()).uuid();
        let saved = SavedQuery {
            id,
            user,
            name: name.to_string(),
            line: query.to_string(),
            is_shared,
            at: reading.now,
        };
        if self.store.save_query(organization, &saved).await? {
            return Ok(saved);
        }
        let detail = "there are as many saved queries as there may be; remove one first".to_owned();
        Err(Error::Conflict { code: "limit", detail })
    }

    /// Lets go of a query: one's own, or, as an administrator, the organization's. None: there is none that the caller
    /// sees.
    pub async fn remove_saved_query(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        id: Uuid,
    ) -> Result<Option<SavedQuery>, Error> {
        let user = own(reading)?;
        let found = self.store.saved_query(organization, id).await?;
        let Some(found) = found.filter(|query| query.is_shared || query.user == user) else {
            return Ok(None);
        };
        if found.is_shared {
            self.require(reading, Action::SavedQueryShare, On::Organization).await?;
        }
        self.store.remove_saved_query(organization, id).await?;
        Ok(Some(found))
    }
}

fn own(reading: &Reading) -> Result<UserId, Error> {
    match reading.caller.principal {
        Some(model::PrincipalId::User(user)) => Ok(user),
        _ => Err(reading
            .check(Action::SavedQueryShare, On::Organization)
            .err()
            .unwrap_or_else(|| Error::Internal("a caller who is nobody".to_owned()))),
    }
}
