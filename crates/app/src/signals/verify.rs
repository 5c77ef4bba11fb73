use model::{ConnectionId, FactKind, OrganizationId, SignalStream, SignalStreamId};
use signin::{SignInError, Transmitter};

use super::receive::REMEMBERED_FOR;
use super::{Received, Subject, effect, read_subject};
use crate::{App, Error};

/// What became of a signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// It is believed, and has done what it does.
    Taken,
    /// It is not believed.
    Refused {
        /// The code of RFC 8935.
        code: &'static str,
        /// Why.
        why: String,
    },
}

impl App {
    /// Takes a signal that was sent to a stream: verified, once, with its effect.
    pub async fn signal(&self, org: &str, stream: SignalStreamId, token: &str) -> Result<Verified, Error> {
        let unknown = || Error::NotFound(FactKind::SignalStream);
        let organization = match org.parse::<OrganizationId>() {
            Ok(id) => id,
            Err(_) => self.store.organization_by_slug(org).await?.ok_or_else(unknown)?,
        };
        let facts = self.engine.replica().hold(organization).await.map_err(|_| unknown())?;
        let found = facts.signal_stream(stream).ok_or_else(unknown)?;
        let received = match self.verified(organization, found, token).await {
            Ok(received) => received,
            Err(SignInError::Untrusted(why)) => {
                return Ok(Verified::Refused { code: "authentication_failed", why: why.to_owned() });
            }
            Err(error) => return Ok(Verified::Refused { code: "invalid_key", why: error.to_string() }),
        };
        self.receive_signal(organization, stream, &received).await?;
        Ok(Verified::Taken)
    }

    async fn verified(
        &self,
        organization: OrganizationId,
        stream: &SignalStream,
        token: &str,
    ) -> Result<Received, SignInError> {
        let tenant = organization.to_string();
        let from = Transmitter {
            tenant: &tenant,
            stream: ConnectionId::from_uuid(stream.id.uuid()),
            issuer: &stream.issuer,
            audience: &stream.audience,
            jwks_url: &stream.jwks_url,
            oldest: REMEMBERED_FOR,
        };
        let event = self.signin.security_event(&from, token, self.engine.world().now()).await?;
        let subject: Option<Subject> = event.subject.as_ref().and_then(|value| read_subject(value).ok());
        Ok(Received { name: event.name, effect: effect(&event.kind), subject, kind: event.kind })
    }
}
