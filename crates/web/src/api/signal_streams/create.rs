use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use app::signals::streams::{Created, NewDelivery, NewStream};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::SignalStreamView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};
use crate::gateways::GatewayState;

/// A transmitter to be believed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignalStreamBody {
    /// What it is called.
    name: String,
    /// Who sends, exactly as its tokens say.
    issuer: String,
    /// What its tokens are addressed to.
    audience: String,
    /// Where its keys are.
    jwks_url: String,
    /// Where the transmitter is asked for its signals (RFC 8936). Left out: it sends them (RFC 8935), with the token that
    /// the answer has.
    poll_url: Option<String>,
    /// The token that the transmitter gave for asking it; needed with `poll_url`.
    poll_token: Option<String>,
}

/// A stream that was set up.
#[derive(Serialize, ToSchema)]
pub struct NewSignalStreamView {
    /// The stream.
    #[serde(flatten)]
    stream: SignalStreamView,
    /// What the transmitter has to send as `Authorization: Bearer …`. It is told once. Null: the stream is polled.
    push_token: Option<String>,
}

impl NewSignalStreamBody {
    fn read(self) -> Result<NewStream, Problem> {
        let Self { name, issuer, audience, jwks_url, poll_url, poll_token } = self;
        let delivery = match (poll_url, poll_token) {
            (None, None) => NewDelivery::Push,
            (Some(url), token) => NewDelivery::Poll { url, token: Zeroizing::new(token.unwrap_or_default()) },
            (None, Some(_)) => {
                return Err(Problem::invalid_field("poll_url", "a token alone says not where to ask"));
            }
        };
        Ok(NewStream { name: read("name", &name)?, issuer, audience, jwks_url, delivery })
    }
}

/// Believes a transmitter of signals. By a person in a signed-in session alone.
#[utoipa::path(tag = "signal_streams", params(("org" = String, Path)), request_body = NewSignalStreamBody, responses((status = 201, body = NewSignalStreamView)))]
#[post("/v1/orgs/{org}/signal-streams")]
pub async fn create(
    app: Data<App>,
    gateways: Data<GatewayState>,
    tenant: Tenant,
    body: Body<NewSignalStreamBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let changed = app.create_signal_stream(tenant.request(), body.value.read()?).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let Created { stream, token } = &changed.value;
        let view = NewSignalStreamView {
            stream: SignalStreamView::of(&facts, &gateways.public_url, stream, None),
            push_token: token.as_ref().map(|token| token.to_string()),
        };
        Ok(written(StatusCode::CREATED, &changed, Some(stream.clone().into()), view))
    })
    .await
}
