use app::signals::StreamStanding;
use chrono::{DateTime, Utc};
use model::{Delivery, SignalStream, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::Named;

/// A stream of signals from an identity provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignalStreamView {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Who sends.
    pub issuer: String,
    /// What a signal has to be addressed to.
    pub audience: String,
    /// Where the sender's keys are.
    pub jwks_url: String,
    /// How its signals come: `push` or `poll`.
    pub delivery: &'static str,
    /// Where the sender pushes to. Null: it is polled.
    pub push_url: Option<String>,
    /// Where the sender is asked. Null: it pushes.
    pub poll_url: Option<String>,
    /// When a signal of it was last believed.
    pub last_heard_at: Option<DateTime<Utc>>,
    /// What went wrong last; null once a signal has been believed after it.
    pub last_failure: Option<StreamFailureView>,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Named,
}

/// What went wrong with a stream.
#[derive(Debug, Serialize, ToSchema)]
pub struct StreamFailureView {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub detail: String,
}

/// Where a transmitter sends the signals of a stream to. None: it is asked for them.
pub(crate) fn push_url(public_url: &str, slug: &str, stream: &SignalStream) -> Option<String> {
    match &stream.delivery {
        Delivery::Push { .. } => Some(format!("{public_url}/t/{slug}/signals/{}", stream.id)),
        Delivery::Poll { .. } => None,
    }
}

impl SignalStreamView {
    /// A stream as these facts show it, and how it has fared, where it has.
    pub fn of(
        facts: &Snapshot,
        public_url: &str,
        stream: &SignalStream,
        standing: Option<&StreamStanding>,
    ) -> Self {
        let slug = facts.organization().map(|organization| organization.slug.to_string()).unwrap_or_default();
        Self {
            id: stream.id.uuid(),
            name: stream.name.to_string(),
            issuer: stream.issuer.clone(),
            audience: stream.audience.clone(),
            jwks_url: stream.jwks_url.clone(),
            delivery: stream.delivery.word(),
            push_url: push_url(public_url, &slug, stream),
            poll_url: match &stream.delivery {
                Delivery::Poll { url, .. } => Some(url.clone()),
                Delivery::Push { .. } => None,
            },
            last_heard_at: standing.and_then(|standing| standing.heard_at),
            last_failure: standing
                .and_then(|standing| standing.failure.clone())
                .map(|(at, detail)| StreamFailureView { at, detail }),
            created_at: stream.created_at,
            created_by: Named::user(facts, stream.created_by),
        }
    }
}
