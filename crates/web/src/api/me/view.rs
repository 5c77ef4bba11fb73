use chrono::{DateTime, Utc};
use model::{Session, SessionId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A signed-in browser.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// Its id.
    id: Uuid,
    /// Whether it is the one that asks.
    is_this: bool,
    /// How the person proved who they are: `link`, `password`, `passkey`, `oidc` or `oauth`.
    #[schema(value_type = String)]
    proof: model::Proof,
    /// The methods behind that, in the words of RFC 8176.
    amr: Vec<String>,
    /// The connection that they came in through. Null: this installation itself.
    connection: Option<Uuid>,
    /// When they last proved it.
    authenticated_at: DateTime<Utc>,
    /// When it began.
    created_at: DateTime<Utc>,
    /// When it was last used, give or take a minute.
    last_seen_at: DateTime<Utc>,
    /// When it ends, whatever happens.
    ends_at: DateTime<Utc>,
    /// What the browser calls itself.
    user_agent: Option<String>,
    /// Where it began.
    address: Option<String>,
}

impl SessionView {
    pub(super) fn of(session: &Session, this: SessionId) -> Self {
        Self {
            id: session.id.uuid(),
            is_this: session.id == this,
            proof: session.proof,
            amr: session.amr.clone(),
            connection: session.origin.connection().map(model::ConnectionId::uuid),
            authenticated_at: session.authenticated_at,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            ends_at: session.ends_at,
            user_agent: session.user_agent.clone(),
            address: session.address.map(|address| address.to_string()),
        }
    }
}
