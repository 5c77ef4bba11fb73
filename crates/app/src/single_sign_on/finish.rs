use model::{Connection, ConnectionId, ConnectionKind, OrganizationId, Timestamp};
use signin::{Person, Returned, Secrets, SignInError};
use store::{Flow, Purpose};
use uuid::Uuid;

use super::asked::asked;
use super::begin::{Beginning, FLOW_LENGTH, closed, hash};
use crate::{App, Error};

/// The organization's part of a state: a UUID in plain digits.
const TENANT_DIGITS: usize = 32;

/// Somebody has come back from their provider, and it is known who they are there.
#[derive(Debug, Clone)]
pub struct Finished {
    /// At which organization.
    pub organization: OrganizationId,
    /// By which connection, as it was then.
    pub connection: Connection,
    /// How it was begun.
    pub flow: Flow,
    /// Who they are to the provider.
    pub person: Person,
}

/// Somebody has come back from their provider.
#[derive(Debug, Clone)]
pub enum CameBack {
    /// It is known who they are there.
    Finished(Box<Finished>),
    /// The provider gives this client no refresh tokens, and nobody else is to be kept out by that: they are to be sent
    /// there once more, without asking for one.
    Again(Beginning),
}

impl App {
    /// Finishes a sign-in: the browser that began it, at the connection it was begun for, once, in time.
    ///
    /// `browser` is the SHA-256 of what the browser brought.
    pub async fn finish_sign_in(
        &self,
        connection: ConnectionId,
        returned: &Returned,
        browser: [u8; 32],
    ) -> Result<CameBack, Error> {
        let now = self.engine.world().now();
        let state = returned.state.as_deref().unwrap_or_default();
        let organization = tenant(state).ok_or_else(over)?;
        let flow = self.store.take_flow(organization, hash(state)).await?.ok_or_else(over)?;
        // Another browser's, another connection's, too late: told alike, and gone all the same.
        if flow.browser != browser || flow.connection != connection || flow.expires_at <= now {
            return Err(over());
        }
        let (home, connection) = self.way_in(connection).await?;
        if home != organization {
            return Err(over());
        }
        if !connection.lets_in() && flow.purpose != Purpose::Test {
            return Err(closed());
        }
        let person = match self.ask_who(organization, &connection, &flow, returned, now).await? {
            Err(SignInError::ScopeRefused(said)) if self.may_have_asked_too_much(&flow, now) => {
                tracing::info!(organization.id = %organization, connection.id = %connection.id, said,
                    "no refresh token is asked for at this provider for a while");
                return Ok(CameBack::Again(again(flow)));
            }
            asked => asked?,
        };
        Ok(CameBack::Finished(Box::new(Finished { organization, connection, flow, person })))
    }

    /// Whether a scope that was refused may be the one that asks for a refresh token.
    fn may_have_asked_too_much(&self, flow: &Flow, now: Timestamp) -> bool {
        let begun_at = flow.expires_at - FLOW_LENGTH;
        self.lasts(flow.purpose) && self.signin.note_scope_refused(flow.connection, begun_at, now)
    }

    async fn ask_who(
        &self,
        organization: OrganizationId,
        connection: &Connection,
        flow: &Flow,
        returned: &Returned,
        now: Timestamp,
    ) -> Result<Result<Person, SignInError>, Error> {
        let secret = self.client_proof(organization, &connection.terms).await?;
        let (tenant, redirect) = (organization.to_string(), self.redirect_of(connection.id));
        let secret = secret.as_deref().map(String::as_str);
        let asked = asked(&tenant, connection.id, &connection.terms, secret, &redirect);
        let secrets = Secrets {
            state: returned.state.clone().unwrap_or_default(),
            nonce: flow.nonce.clone(),
            verifier: flow.verifier.clone(),
        };
        Ok(match &connection.terms.kind {
            ConnectionKind::Oidc => {
                let since = (flow.purpose == Purpose::StepUp).then(|| flow.expires_at - FLOW_LENGTH);
                self.signin.finish(&asked, returned, &secrets, since, now).await
            }
            ConnectionKind::Oauth(endpoints) => {
                self.signin.finish_oauth(&asked, endpoints, returned, &secrets).await
            }
        })
    }
}

/// The same sign-in from its beginning.
fn again(flow: Flow) -> Beginning {
    Beginning {
        connection: flow.connection,
        purpose: flow.purpose,
        browser: flow.browser,
        next: flow.next,
        session: flow.session,
        address: flow.address,
    }
}

/// The organization that a state speaks of. It only says where to look: the state as a whole has to be there.
fn tenant(state: &str) -> Option<OrganizationId> {
    Uuid::try_parse(state.get(..TENANT_DIGITS)?).ok().map(OrganizationId::from_uuid)
}

fn over() -> Error {
    let detail = "this sign-in is over, or was begun in another browser; sign in again from the beginning";
    Error::Conflict { code: "sign_in_over", detail: detail.to_owned() }
}
