//! The end of the demo's organization: at once, so that whoever has looked around begins with one of their own.

use chrono::TimeDelta;

use super::delete;
use crate::sessions::Secret;
use crate::{App, Error, Request};

impl App {
    /// Ends the demo's organization, takes every row of it, and makes the secret of a link that sets up the first
    /// organization in its place. None: there are others.
    ///
    /// Whoever may end an organization may do it. That nothing can be undone is for the demo alone, where everything
    /// was made up to begin with: the caller sees to that.
    pub async fn remove_demo(&self, request: Request) -> Result<Option<Secret>, Error> {
        let organization = request.organization;
        self.change(request, |planning| delete(planning, "the demo data was removed", TimeDelta::zero()))
            .await?;
        if !self.store.purge(organization, self.engine.world().now()).await? {
            return Err(Error::Internal("the demo data ended and is still there".to_owned()));
        }
        self.engine.replica().follow().await?;
        self.first_start_link().await
    }
}
