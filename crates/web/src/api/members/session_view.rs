use chrono::{DateTime, Utc};
use model::{ConnectionId, OrganizationId, Session};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A browser in which a person is signed in here.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberSessionView {
    /// Its id.
    id: Uuid,
    /// How the person proved who they are: `link`, `password`, `passkey`, `oidc` or `oauth`.
    #[schema(value_type = String)]
    proof: model::Proof,
    /// The organization's own connection that they came in through. Null: another way, such as this installation itself.
    connection: Option<Uuid>,
    /// When it began.
    created_at: DateTime<Utc>,
    /// When it was last seen in this organization, give or take a minute.
    last_seen_at: DateTime<Utc>,
    /// When it ends, whatever happens.
    ends_at: DateTime<Utc>,
    /// What the browser calls itself.
    user_agent: Option<String>,
    /// Where it began.
    address: Option<String>,
}

impl MemberSessionView {
    /// A session as that organization is told of it: nothing of another's.
    pub(super) fn of(session: &Session, organization: OrganizationId) -> Self {
        let is_own = session.origin.organization() == Some(organization);
        let connection = session.origin.connection().filter(|_| is_own);
        Self {
            id: session.id.uuid(),
            proof: session.proof,
            connection: connection.map(ConnectionId::uuid),
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            ends_at: session.ends_at,
            user_agent: session.user_agent.clone(),
            address: session.address.map(|address| address.to_string()),
        }
    }
}
