use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::arriving::arriving;
use crate::problem::{Code, Problem};
use crate::strict_json;

/// A JSON body: duplicate keys and unknown fields are refused, and what is wrong is told with its field.
pub struct Body<T> {
    /// What was sent.
    pub value: T,
    /// SHA-256 of the bytes, to tell a repeated request from another one under the same idempotency key.
    pub digest: [u8; 32],
}

impl<T: DeserializeOwned> FromRequest for Body<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_none_or(|value| value.to_ascii_lowercase().contains("json"));
        let bytes = arriving(request, payload);
        Box::pin(async move {
            if !json {
                return Err(Problem::new(Code::UnsupportedMediaType));
            }
            parse(&bytes.await?)
        })
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Body<T>, Problem> {
    // An empty body means an empty object: many verbs need nothing said.
    let text: &[u8] = if bytes.is_empty() { b"{}" } else { bytes };
    let value = strict_json::parse(text).map_err(|error| Problem::malformed(error.to_string()))?;
    let value = serde_path_to_error::deserialize(value)
        .map_err(|error| Problem::invalid_field(&error.path().to_string(), &error.inner().to_string()))?;
    Ok(Body { value, digest: Sha256::digest(bytes).into() })
}
