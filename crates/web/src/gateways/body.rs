//! Reading a body within a limit of bytes and of time.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt;

use crate::gateways::Limits;
use crate::problem::{Code, Problem};

/// Why there is no whole body.
#[derive(Debug)]
pub(crate) enum Incomplete {
    /// It is larger than the limit, or announced to be.
    TooLarge,
    /// It did not arrive in time.
    Late,
    /// The connection broke or the framing is wrong.
    Broken(PayloadError),
}

impl From<Incomplete> for Problem {
    fn from(incomplete: Incomplete) -> Self {
        match incomplete {
            Incomplete::TooLarge => Code::TooLarge.into(),
            Incomplete::Late => Code::Timeout.into(),
            Incomplete::Broken(cause) => Self::new(Code::Malformed).because(cause),
        }
    }
}

/// The length that is announced, where one is.
pub(crate) fn announced_length(request: &HttpRequest) -> Option<u64> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether a body is announced at all.
pub(crate) fn is_announced(request: &HttpRequest) -> bool {
    announced_length(request).is_some_and(|length| length > 0)
        || request.headers().contains_key(TRANSFER_ENCODING)
}

/// Reads a whole body. One that is announced to be too large is not read at all.
pub(crate) async fn read(
    request: &HttpRequest,
    payload: Payload,
    most: usize,
    patience: Duration,
) -> Result<Bytes, Incomplete> {
    let too_large = |length: u64| usize::try_from(length).map_or(true, |length| length > most);
    if announced_length(request).is_some_and(too_large) {
        return Err(Incomplete::TooLarge);
    }
    tokio::time::timeout(patience, collect(payload, most)).await.unwrap_or(Err(Incomplete::Late))
}

/// Reads the body of a JSON request to one of our own endpoints.
pub(crate) async fn read_json(
    request: &HttpRequest,
    payload: Payload,
    limits: &Limits,
) -> Result<Bytes, Problem> {
    if request.headers().get(CONTENT_TYPE).is_some_and(|value| !is_json(value.as_bytes())) {
        return Err(Code::UnsupportedMediaType.into());
    }
    Ok(read(request, payload, limits.max_body_bytes, limits.body_patience).await?)
}

fn is_json(content_type: &[u8]) -> bool {
    let essence = content_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    essence.eq_ignore_ascii_case(b"application/json")
}

/// Nearly every body comes in one piece, which is then passed on without a copy.
async fn collect(mut payload: Payload, most: usize) -> Result<Bytes, Incomplete> {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(Incomplete::Broken)?;
        if first.len().max(all.len()).saturating_add(piece.len()) > most {
            return Err(Incomplete::TooLarge);
        }
        if first.is_empty() {
            first = piece;
            continue;
        }
        if all.is_empty() {
            all.extend_from_slice(&first);
        }
        all.extend_from_slice(&piece);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}
