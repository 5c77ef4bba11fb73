use chrono::TimeDelta;
use model::{OrganizationId, Timestamp};
use uuid::Uuid;

pub use store::DirectoryFailure as Failure;

use crate::{App, Error};

/// The moment of the last sync is kept to the minute: more would be a write for each request that only reads.
const KEPT_TO: TimeDelta = TimeDelta::minutes(1);
/// Failures kept of one organization: enough to see what is wrong, and no place to fill with anything.
const FAILURES_KEPT: u32 = 50;

/// How the connection to the directory stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// When it last came and was answered, to the minute.
    pub last_sync: Option<Timestamp>,
    /// What was refused of late, newest first.
    pub failures: Vec<Failure>,
}

/// A request of the directory that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureNote {
    /// `POST`, `PATCH` and so on.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The status that was answered.
    pub status: u16,
    /// The SCIM error type, where there was one.
    pub scim_type: Option<&'static str>,
    /// What was said about it.
    pub detail: String,
    /// The body of the request, with secrets masked.
    pub request: String,
}

impl App {
    /// Notes that the directory came and was answered.
    pub async fn directory_came(&self, organization: OrganizationId) -> Result<(), Error> {
        let now = self.engine.world().now();
        Ok(self.store.note_directory_sync(organization, now, now - KEPT_TO).await?)
    }

    /// Notes what was refused of the directory, and forgets the oldest such.
    pub async fn directory_failed(
        &self,
        organization: OrganizationId,
        note: FailureNote,
    ) -> Result<(), Error> {
        let world = self.engine.world();
        let mut id = [0; 16];
        model::Entropy::fill(&mut world.entropy(), &mut id);
        let failure = Failure {
            id: Uuid::from_bytes(id),
            at: world.now(),
            method: note.method,
            path: note.path,
            status: note.status,
            scim_type: note.scim_type.map(ToOwned::to_owned),
            detail: note.detail,
            request: note.request,
        };
        Ok(self.store.note_directory_failure(organization, &failure, FAILURES_KEPT).await?)
    }

    /// How the connection to the directory stands. For whoever may see it; the caller has asked.
    pub async fn directory_standing(&self, organization: OrganizationId) -> Result<Standing, Error> {
        let (last_sync, failures) = self.store.directory_standing(organization, FAILURES_KEPT).await?;
        Ok(Standing { last_sync, failures })
    }
}
