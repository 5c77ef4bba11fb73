//! Signed tokens in their compact form (RFC 7515).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::SignInError;
use crate::jwks::{Algorithm, KeySet};

/// Longer than any token seen, also one that names 200 groups.
const LONGEST: usize = 64 << 10;

/// What of a header matters. Where it says that its key is to be found (`jku`, `x5u`, `jwk`, `x5c`) is not read at all:
/// keys come from the provider's set (ASVS 9.1.3).
#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

/// A token whose parts have been told apart. Nothing of it is trusted yet.
#[derive(Debug)]
pub(crate) struct Token<'a> {
    message: &'a str,
    signature: Vec<u8>,
    payload: Vec<u8>,
    algorithm: Algorithm,
    kid: Option<String>,
    kind: Option<String>,
}

impl<'a> Token<'a> {
    /// Tells the parts of a token apart, and refuses an algorithm that is not accepted before looking any further.
    pub(crate) fn parse(token: &'a str) -> Result<Self, SignInError> {
        let malformed = || SignInError::Untrusted("the token is not a signed one");
        if token.len() > LONGEST {
            return Err(malformed());
        }
        let (message, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
        let (header, payload) = message.split_once('.').ok_or_else(malformed)?;
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed());
        let header: Header = serde_json::from_slice(&part(header)?).map_err(|_| malformed())?;
        if header.crit.is_some() {
            return Err(SignInError::Untrusted("the token asks for an extension that is not known here"));
        }
        let algorithm = Algorithm::of(&header.alg)
            .ok_or(SignInError::Untrusted("the token is signed in a way that is not accepted"))?;
        Ok(Self {
            message,
            signature: part(signature)?,
            payload: part(payload)?,
            algorithm,
            kid: header.kid,
            kind: header.typ,
        })
    }

    /// What kind of token it says it is, in lower case and without its media type's beginning.
    pub(crate) fn kind(&self) -> Option<String> {
        let kind = self.kind.as_deref()?.to_ascii_lowercase();
        Some(kind.strip_prefix("application/").map_or(kind.clone(), ToOwned::to_owned))
    }

    /// Whether some key of the set may have signed it.
    pub(crate) fn has_key_in(&self, keys: &KeySet) -> bool {
        !keys.for_token(self.kid.as_deref(), self.algorithm).is_empty()
    }

    /// What it says, unverified: for a token that was verified when it came, and was sealed since.
    pub(crate) fn read(&self) -> Option<Map<String, Value>> {
        serde_json::from_slice(&self.payload).ok()
    }

    /// What it says, if a key of the set signed it.
    pub(crate) fn verify(&self, keys: &KeySet) -> Result<Map<String, Value>, SignInError> {
        let candidates = keys.for_token(self.kid.as_deref(), self.algorithm);
        if candidates.is_empty() {
            return Err(SignInError::Untrusted("no key of the provider fits the token"));
        }
        let message = self.message.as_bytes();
        if !candidates.iter().any(|key| key.verifies(self.algorithm, message, &self.signature)) {
            return Err(SignInError::Untrusted("the signature is not the provider's"));
        }
        serde_json::from_slice(&self.payload).map_err(|_| SignInError::Untrusted("the token says nothing"))
    }
}
