use ::keys::StreamToken;
use decision::{Action, On};
use model::{Delivery, Edit, Name, SecretId, SignalStream, SignalStreamId};
use zeroize::Zeroizing;

use super::{COLUMN, TABLE};
use crate::plan::Checks;
use crate::{App, Changed, Error, Plan, Planning, Request};

/// Each stream is a key set to fetch and to keep.
const STREAMS_LIMIT: usize = 10;
/// Longer than any issuer or address seen.
const TEXT_LIMIT: usize = 500;
/// Longer than any token that transmitters give: signed ones among them.
const TOKEN_LIMIT: usize = 4_096;

/// A stream to be set up.
#[derive(Debug, Clone)]
pub struct NewStream {
    /// What people call it.
    pub name: Name,
    /// Who sends.
    pub issuer: String,
    /// To whom.
    pub audience: String,
    /// Where the sender's keys are.
    pub jwks_url: String,
    /// How its signals come.
    pub delivery: NewDelivery,
}

/// How the signals of a stream are to come.
#[derive(Debug, Clone)]
pub enum NewDelivery {
    /// The transmitter sends them, with a token that is made for it.
    Push,
    /// The transmitter is asked for them.
    Poll {
        /// Where.
        url: String,
        /// With what token of its own.
        token: Zeroizing<String>,
    },
}

/// A stream that was set up.
#[derive(Debug)]
pub struct Created {
    /// The stream.
    pub stream: SignalStream,
    /// What the transmitter has to show beside each signal; told once. None: it is asked.
    pub token: Option<Zeroizing<String>>,
}

impl App {
    /// Believes a transmitter from now on.
    pub async fn create_signal_stream(
        &self,
        request: Request,
        new: NewStream,
    ) -> Result<Changed<Created>, Error> {
        let organization = request.organization;
        let reading = self.read(request.caller, organization).await?;
        if let Some(reason) = reading.why_not(Action::SignalStreamCreate, On::Organization) {
            tracing::debug!(reason = reason.code(), "a stream is refused before its token is sealed");
            return self.change(request, refuse).await;
        }
        self.check_stream(&new)?;
        let world = self.engine.world();
        let (now, mut entropy) = (world.now(), world.entropy());
        let id = SignalStreamId::draw(now, &mut entropy);
        let (delivery, token) = match &new.delivery {
            NewDelivery::Push => {
                let (token, hash) = StreamToken::mint(&mut entropy);
                (Delivery::Push { token_hash: Some(hash) }, Some(token))
            }
            NewDelivery::Poll { url, token } => {
                let secret = SecretId::draw(now, &mut entropy);
                let row = secret.to_string();
                let sealed = self.store.seal(organization, TABLE, COLUMN, &row, token.as_bytes()).await?;
                self.store.keep_stream_secret(organization, id, secret, sealed, now).await?;
                (Delivery::Poll { url: url.clone(), secret }, None)
            }
        };
        match self.change(request, |planning| create(planning, id, new, delivery)).await {
            Ok(changed) => {
                let Changed { value, revision, receipt, decision } = changed;
                Ok(Changed { value: Created { stream: value, token }, revision, receipt, decision })
            }
            Err(error) => {
                self.store.forget_stream_secrets(organization, id).await?;
                Err(error)
            }
        }
    }

    fn check_stream(&self, new: &NewStream) -> Result<(), Error> {
        let mut checks = Checks::default();
        let mut text = |field: &'static str, text: &str, limit: usize| {
            let is_plain = !text.chars().any(|c| c.is_control() || c.is_whitespace());
            let is_right = !text.is_empty() && text.len() <= limit && is_plain;
            if !is_right {
                checks.wrong(field, format!("expected 1 to {limit} characters without spaces"));
            }
            is_right
        };
        text("issuer", &new.issuer, TEXT_LIMIT);
        text("audience", &new.audience, TEXT_LIMIT);
        let mut addresses = Vec::new();
        if text("jwks_url", &new.jwks_url, TEXT_LIMIT) {
            addresses.push(("jwks_url", &new.jwks_url));
        }
        if let NewDelivery::Poll { url, token } = &new.delivery {
            if text("poll_url", url, TEXT_LIMIT) {
                addresses.push(("poll_url", url));
            }
            text("poll_token", token, TOKEN_LIMIT);
        }
        for (field, url) in addresses {
            if let Err(wrong) = self.egress.check_url(url) {
                checks.wrong(field, wrong);
            }
        }
        checks.done()
    }
}

/// Whoever may not is refused with evidence, and before anything of theirs is kept.
fn refuse<T>(planning: &Planning<'_>) -> Result<Plan<T>, Error> {
    planning.permit(Action::SignalStreamCreate, On::Organization)?;
    Err(Error::Conflict { code: "state", detail: "your rights changed meanwhile; try again".to_owned() })
}

fn create(
    planning: &Planning<'_>,
    id: SignalStreamId,
    new: NewStream,
    delivery: Delivery,
) -> Result<Plan<SignalStream>, Error> {
    let permit = planning.permit(Action::SignalStreamCreate, On::Organization)?;
    let created_by = planning.user().ok_or_else(|| Error::invalid("created_by", "no person asks"))?;
    if planning.facts.list_signal_streams(None).count() >= STREAMS_LIMIT {
        let detail = format!("there are {STREAMS_LIMIT} streams already; remove one first");
        return Err(Error::Conflict { code: "limit", detail });
    }
    let stream = SignalStream {
        id,
        name: new.name,
        issuer: new.issuer,
        audience: new.audience,
        jwks_url: new.jwks_url,
        delivery,
        created_at: planning.now,
        created_by,
    };
    Ok(Plan::new(permit, vec![Edit::create(stream.clone())], stream))
}
