use chrono::TimeDelta;
use model::{Connection, ConnectionId, ConnectionKind, FactKind, OrganizationId, SessionId};
use sha2::{Digest, Sha256};
use signin::{Prompt, Secrets};
use store::{Flow, Purpose};

use super::asked::asked;
use crate::{App, Error};

/// Long enough to find one's second factor, short enough to be over by lunch (security.md S3).
pub const FLOW_LENGTH: TimeDelta = TimeDelta::minutes(10);

/// Somebody is to be sent to a provider.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// To which connection's.
    pub connection: ConnectionId,
    /// What for.
    pub purpose: Purpose,
    /// The SHA-256 of what their browser holds, and will have to bring back.
    pub browser: [u8; 32],
    /// Where they want to go.
    pub next: String,
    /// The session they have, where that is what it is about.
    pub session: Option<SessionId>,
    /// The address they typed, as a hint to the provider.
    pub address: Option<String>,
}

impl App {
    /// Begins a sign-in and says where to send the person.
    pub async fn begin_sign_in(&self, beginning: Beginning) -> Result<String, Error> {
        let (organization, connection) = self.way_in(beginning.connection).await?;
        if !connection.lets_in() && beginning.purpose != Purpose::Test {
            return Err(closed());
        }
        let world = self.engine.world();
        let (now, mut secrets) = (world.now(), Secrets::draw(&mut world.entropy()));
        // The organization goes along, so that what comes back can be looked for among its sign-ins alone.
        secrets.state = format!("{}{}", organization.uuid().simple(), secrets.state);
        let secret = self.client_secret(organization, &connection.terms).await?;
        let (tenant, redirect) = (organization.to_string(), self.redirect_of(connection.id));
        let asked = asked(
            &tenant,
            connection.id,
            &connection.terms,
            secret.as_deref().map(String::as_str),
            &redirect,
        );
        let prompt = match beginning.purpose {
            Purpose::StepUp => Prompt::Anew,
            _ => Prompt::Usual(beginning.address.as_deref()),
        };
        let url = match &connection.terms.kind {
            ConnectionKind::Oidc => {
                let metadata = self.signin.discover(&asked, now).await?;
                let lasting =
                    self.lasts(beginning.purpose) && self.signin.may_ask_for_refresh(connection.id, now);
                asked.authorization_by(&metadata, &secrets, prompt, lasting)?
            }
            ConnectionKind::Oauth(endpoints) => {
                if beginning.purpose == Purpose::StepUp {
                    // Plain OAuth has no word for proving oneself anew.
                    let detail = "this provider cannot confirm that it is you; use another way to sign in";
                    return Err(Error::Conflict { code: "no_step_up", detail: detail.to_owned() });
                }
                asked.authorization(&endpoints.authorization, &secrets, prompt)?
            }
        };
        let flow = Flow {
            connection: connection.id,
            purpose: beginning.purpose,
            browser: beginning.browser,
            nonce: secrets.nonce,
            verifier: secrets.verifier,
            next: beginning.next,
            session: beginning.session,
            address: beginning.address,
            expires_at: now + FLOW_LENGTH,
        };
        self.store.begin_flow(organization, hash(&secrets.state), &flow, now).await?;
        Ok(url)
    }

    /// Whether the provider is to be asked again after a sign-in. A test asks for all that a sign-in asks for, or it would
    /// prove nothing; to tie an account begins nothing that lasts.
    pub(super) fn lasts(&self, purpose: Purpose) -> bool {
        self.refresh_every.is_some() && purpose != Purpose::Link
    }

    /// A connection and whose it is. One of an organization that is not active is none.
    pub(super) async fn way_in(&self, id: ConnectionId) -> Result<(OrganizationId, Connection), Error> {
        let organization = self.store.organization_of_connection(id).await?;
        let organization = organization.ok_or(Error::NotFound(FactKind::Connection))?;
        let facts = self.engine.replica().hold(organization).await?;
        if !facts.organization().is_some_and(|organization| organization.is_active()) {
            let detail = "this organization is suspended; ask who runs this installation";
            return Err(Error::Conflict { code: "suspended", detail: detail.to_owned() });
        }
        let connection = facts.connection(id).ok_or(Error::NotFound(FactKind::Connection))?;
        Ok((organization, Connection::clone(connection)))
    }
}

pub(crate) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

pub(super) fn closed() -> Error {
    let detail = "this way in is closed or was never tested; ask an administrator of your organization";
    Error::Conflict { code: "connection_closed", detail: detail.to_owned() }
}
