use app::{App, version_of};
use chrono::{DateTime, Utc};
use model::{ClientAuthentication, Connection, ConnectionState, Proposal};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::terms::TermsBody;
use crate::api::presented::BecauseView;

/// A way in through an identity provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionView {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// `draft`, `tested`, `enforced` or `disabled`.
    pub state: &'static str,
    /// Since when and why it is in that state, unless it is a draft.
    pub because: Option<BecauseView>,
    /// What the provider has to be told: where it sends people back.
    pub redirect_uri: String,
    /// What the provider may be told: where it says that somebody signed out there.
    pub backchannel_logout_uri: String,
    /// Where the provider finds the public half of our key, if `client_authentication` is `private_key_jwt`.
    pub keys_uri: Option<String>,
    /// Whether the secret of the client was entered, or its key was made. It is never shown.
    pub has_secret: bool,
    /// What everybody who comes in by it depends on.
    pub terms: TermsBody,
    /// Other terms, which wait for a second person.
    pub proposal: Option<ProposalView>,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
    /// For `If-Match`.
    pub version: String,
}

/// Other terms, which wait for a second person.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// Who wants it so.
    pub by: Uuid,
    /// Since when.
    pub at: DateTime<Utc>,
    /// What it would be.
    pub terms: TermsBody,
}

impl ConnectionView {
    /// A connection.
    pub fn of(app: &App, connection: &Connection) -> Self {
        let because = match &connection.state {
            ConnectionState::Draft => None,
            ConnectionState::Tested(b) | ConnectionState::Enforced(b) | ConnectionState::Disabled(b) => {
                Some(b.into())
            }
        };
        let has_key = connection.terms.client.authentication == ClientAuthentication::PrivateKeyJwt;
        Self {
            id: connection.id.uuid(),
            name: connection.name.to_string(),
            state: connection.state.as_str(),
            because,
            redirect_uri: app.redirect_of(connection.id),
            backchannel_logout_uri: app.logout_of(connection.id),
            keys_uri: has_key.then(|| app.keys_of(connection.id)),
            has_secret: connection.terms.client.secret.is_some(),
            terms: TermsBody::of(&connection.terms),
            proposal: connection.proposal.as_deref().map(ProposalView::of),
            created_at: connection.created_at,
            version: version_of(&connection.clone().into()),
        }
    }
}

impl ProposalView {
    fn of(proposal: &Proposal) -> Self {
        Self { by: proposal.by.uuid(), at: proposal.at, terms: TermsBody::of(&proposal.terms) }
    }
}
