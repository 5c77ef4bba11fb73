//! The first start: whoever can read what the program prints sets up the first organization, and nobody else does.

use chrono::TimeDelta;
use model::{Name, Slug};

use super::{Founder, SignedUp};
use crate::sessions::{Secret, hash};
use crate::{App, Changed, Error};

/// A link is printed when the program starts; a day is enough to come back to the terminal. Another start makes another.
const LINK_LENGTH: TimeDelta = TimeDelta::days(1);

impl App {
    /// Makes the secret of a link that sets up the first organization, once. None: there is one already.
    pub async fn first_start_link(&self) -> Result<Option<Secret>, Error> {
        if self.store.has_organizations().await? {
            return Ok(None);
        }
        let world = self.engine.world();
        let (secret, now) = (Secret::draw(&mut world.entropy()), world.now());
        self.store.keep_first_start(secret.hash(), now + LINK_LENGTH, now).await?;
        Ok(Some(secret))
    }

    /// Whether a link sets up the first organization. One that was used does not, nor does any once there is one.
    pub async fn is_first_start(&self, secret: &str) -> Result<bool, Error> {
        let counts = self.store.first_start(hash(secret), self.engine.world().now()).await?;
        Ok(counts && !self.store.has_organizations().await?)
    }

    /// Sets up the first organization, with whoever holds the link as its owner. None: the link does not count.
    pub async fn first_start(
        &self,
        secret: &str,
        slug: Slug,
        name: Name,
        founder: Founder,
    ) -> Result<Option<Changed<SignedUp>>, Error> {
        let now = self.engine.world().now();
        if self.store.has_organizations().await? || !self.store.use_first_start(hash(secret), now).await? {
            return Ok(None);
        }
        match self.sign_up(slug, name, founder).await {
            Ok(changed) => Ok(Some(changed)),
            Err(error) => {
                // What was wrong with the form can be mended, so the link goes on counting.
                self.store.keep_first_start(hash(secret), now + LINK_LENGTH, now).await?;
                Err(error)
            }
        }
    }
}
