use ::keys::StreamToken;
use model::{ConnectionId, Delivery, FactKind, OrganizationId, SignalStream, SignalStreamId};
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
    /// Takes a signal that was sent to a stream: verified, once, with its effect. `bearer` is what the transmitter shows
    /// beside it.
    pub async fn signal(
        &self,
        org: &str,
        stream: SignalStreamId,
        bearer: Option<&str>,
        token: &str,
    ) -> Result<Verified, Error> {
        let unknown = || Error::NotFound(FactKind::SignalStream);
        let organization = match org.parse::<OrganizationId>() {
            Ok(id) => id,
            Err(_) => self.store.organization_by_slug(org).await?.ok_or_else(unknown)?,
        };
        let facts = self.engine.replica().hold(organization).await.map_err(|_| unknown())?;
        let found = facts.signal_stream(stream).ok_or_else(unknown)?;
        let shows = |hash: &[u8; 32]| bearer.is_some_and(|bearer| StreamToken::proves(bearer, hash));
        let why = match &found.delivery {
            Delivery::Push { token_hash: Some(hash) } if !shows(hash) => {
                "send the token of this stream as `Authorization: Bearer …`"
            }
            Delivery::Poll { .. } => "this stream is polled; nothing is sent to it",
            Delivery::Push { .. } => {
                let verified = self.take_signal(organization, found, None, token).await?;
                return Ok(match verified {
                    Ok(()) => Verified::Taken,
                    Err(SignInError::Untrusted(why)) => {
                        Verified::Refused { code: "authentication_failed", why: why.to_owned() }
                    }
                    Err(error) => Verified::Refused { code: "invalid_key", why: error.to_string() },
                });
            }
        };
        // Nothing of it is noted: whoever sent it is nobody.
        Ok(Verified::Refused { code: "authentication_failed", why: why.to_owned() })
    }

    /// Verifies a signal and does what it brings about, or says why it is not believed. `name`: what it has to be called.
    pub(super) async fn take_signal(
        &self,
        organization: OrganizationId,
        stream: &SignalStream,
        name: Option<&str>,
        token: &str,
    ) -> Result<Result<(), SignInError>, Error> {
        let verified = self.verified(organization, stream, token).await;
        let verified = verified.and_then(|received| match name {
            Some(name) if name != received.name => {
                Err(SignInError::Untrusted("it has another name than the one it was given under"))
            }
            _ => Ok(received),
        });
        let now = self.engine.world().now();
        match verified {
            Ok(received) => {
                self.receive_signal(organization, stream.id, &received).await?;
                self.store.note_stream_heard(organization, stream.id, now).await?;
                Ok(Ok(()))
            }
            Err(error) => {
                let why = error.to_string();
                self.store.note_stream_refused(organization, stream.id, now, &why).await?;
                Ok(Err(error))
            }
        }
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
