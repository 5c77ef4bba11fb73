use chrono::TimeDelta;
use decision::Caller;
use model::OrganizationId;
use sha2::{Digest, Sha256};
use store::Remembered;

use crate::{App, Error};

/// A client that repeats a request does so within minutes; a day leaves room for a night in a queue.
const REMEMBERED_FOR: TimeDelta = TimeDelta::days(1);

impl App {
    /// The digest under which a request is remembered: who sent it and where to belong to what was sent, so that
    /// nobody gets another caller's answer, or the answer about another thing.
    pub fn request_digest(&self, caller: Caller, route: &str, body: [u8; 32]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(format!("{caller:?} {route}"));
        digest.update(body);
        digest.finalize().into()
    }

    /// The answer that was given under this idempotency key, if one was.
    pub async fn remembered(
        &self,
        organization: OrganizationId,
        key: &str,
    ) -> Result<Option<Remembered>, Error> {
        Ok(self.store.remembered(organization, key).await?)
    }

    /// Remembers an answer under an idempotency key.
    pub async fn remember(
        &self,
        organization: OrganizationId,
        key: &str,
        request_digest: [u8; 32],
        status: u16,
        body: String,
    ) -> Result<(), Error> {
        let remembered = Remembered { request_digest, status, body };
        Ok(self.store.remember(organization, key, &remembered, self.engine.world().now()).await?)
    }

    /// Forgets answers that nobody repeats a request for any more: those of more than a day ago.
    pub async fn forget_old_answers(&self) -> Result<u64, Error> {
        Ok(self.store.forget_before(self.engine.world().now() - REMEMBERED_FOR).await?)
    }
}
