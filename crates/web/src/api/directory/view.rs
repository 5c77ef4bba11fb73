use app::directory::{Failure, Standing};
use chrono::{DateTime, Utc};
use model::{Holder, OrganizationId, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::keys::KeyView;

/// How the organization's directory is connected.
#[derive(Debug, Serialize, ToSchema)]
pub struct DirectoryView {
    /// The address to enter where the directory asks for the SCIM base URL.
    pub base_url: String,
    /// When it last came and was answered, to the minute. Null: never.
    pub last_sync: Option<DateTime<Utc>>,
    /// How many people it has brought who are here now.
    pub n_users: usize,
    /// How many groups it has brought.
    pub n_groups: usize,
    /// Its keys, never their secrets. Make one with `POST /v1/orgs/{org}/keys` and `{"directory": true}`, signed in.
    pub keys: Vec<KeyView>,
    /// What was refused of late, newest first.
    pub failures: Vec<FailureView>,
}

/// A request of the directory that was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct FailureView {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The status that was answered.
    pub status: u16,
    /// The SCIM error type, where there was one.
    pub scim_type: Option<String>,
    /// What was said about it.
    pub detail: String,
    /// The body as it was sent, with secrets hidden, cut to 4,000 characters.
    pub request: String,
}

impl DirectoryView {
    /// The directory as these facts show it now.
    pub fn of(
        facts: &Snapshot,
        organization: OrganizationId,
        public_url: &str,
        standing: Standing,
        now: DateTime<Utc>,
    ) -> Self {
        let keys = facts.keys_of(Holder::Directory(organization));
        Self {
            base_url: format!("{public_url}/scim/v2"),
            last_sync: standing.last_sync,
            n_users: facts.list_directory_users(None).count(),
            n_groups: facts.list_groups(None).count(),
            keys: keys.map(|key| KeyView::of(facts, key, now, None)).collect(),
            failures: standing.failures.into_iter().map(FailureView::from).collect(),
        }
    }
}

impl From<Failure> for FailureView {
    fn from(failure: Failure) -> Self {
        let Failure { id, at, method, path, status, scim_type, detail, request } = failure;
        Self { id, at, method, path, status, scim_type, detail, request }
    }
}
