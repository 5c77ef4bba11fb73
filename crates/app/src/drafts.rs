use chrono::TimeDelta;
use model::{OrganizationId, UserId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{App, Error};

/// Whoever comes back to a form after a week begins anew.
const KEPT_FOR: TimeDelta = TimeDelta::days(7);

impl App {
    /// The id of a new draft. Nothing is kept until there is something in it.
    pub fn new_draft(&self) -> Uuid {
        let world = self.engine.world();
        model::AgentId::draw(world.now(), &mut world.entropy()).uuid()
    }

    /// Keeps what a person has filled in so far.
    pub async fn save_draft<T: Serialize>(
        &self,
        organization: OrganizationId,
        user: UserId,
        id: Uuid,
        draft: &T,
    ) -> Result<(), Error> {
        let body = serde_json::to_string(draft).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(self.store.save_draft(organization, id, user, &body, self.engine.world().now()).await?)
    }

    /// What a person has filled in so far. One of an older shape is as good as none.
    pub async fn draft<T: DeserializeOwned>(
        &self,
        organization: OrganizationId,
        user: UserId,
        id: Uuid,
    ) -> Result<Option<T>, Error> {
        let found = self.store.find_draft(organization, id, user).await?;
        Ok(found.and_then(|body| serde_json::from_str(&body).ok()))
    }

    /// Lets go of a draft, because it has become what it was for.
    pub async fn drop_draft(
        &self,
        organization: OrganizationId,
        user: UserId,
        id: Uuid,
    ) -> Result<(), Error> {
        Ok(self.store.drop_draft(organization, id, user).await?)
    }

    /// Forgets drafts that nobody has touched for a week.
    pub async fn forget_old_drafts(&self) -> Result<u64, Error> {
        Ok(self.store.forget_drafts(self.engine.world().now() - KEPT_FOR).await?)
    }
}
