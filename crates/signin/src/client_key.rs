//! Proving who we are to a provider by a key of our own (RFC 7523, `private_key_jwt`): the provider learns the public half
//! at an address of ours, and nothing that is worth stealing lies with it.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use model::{Entropy, Timestamp};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::SignInError;

/// Long enough for a clock that is a little off, too short to be worth keeping.
const LENGTH: TimeDelta = TimeDelta::minutes(2);

/// A key that proves who we are to one provider. ES256: what every provider with `private_key_jwt` has to know beside RSA.
/// Signing draws nothing (RFC 6979).
#[derive(Debug)]
pub struct ClientKey(SigningKey);

impl ClientKey {
    /// A new one, as text to be sealed.
    pub fn make(entropy: &mut dyn Entropy) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; 32]);
        loop {
            entropy.fill(bytes.as_mut_slice());
            // One draw in four billion is no key of the curve (FIPS 186-5, A.2.2).
            if SigningKey::from_slice(bytes.as_slice()).is_ok() {
                return Zeroizing::new(BASE64_STANDARD_NO_PAD.encode(bytes.as_slice()));
            }
        }
    }

    /// Reads what [`ClientKey::make`] made.
    pub fn read(text: &str) -> Result<Self, SignInError> {
        let bytes = BASE64_STANDARD_NO_PAD.decode(text).map(Zeroizing::new).ok();
        let key = bytes.and_then(|bytes| SigningKey::from_slice(&bytes).ok());
        key.map(Self).ok_or_else(|| {
            SignInError::unusable("client", "its key cannot be used: make a new one".to_owned())
        })
    }

    /// Its public half, as a provider reads it (RFC 7517).
    pub fn public(&self) -> Value {
        let point = self.point();
        // An uncompressed point: a byte that says so, then both coordinates (SEC 1, section 2.3.3).
        let coordinate = |from: usize| {
            let bytes = point.get(from..from + 32).unwrap_or_default();
            BASE64_URL_SAFE_NO_PAD.encode(bytes)
        };
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.name(),
            "x": coordinate(1), "y": coordinate(33),
        })
    }

    /// What a request for tokens shows. Its audience is the issuer and nobody else: a token endpoint that is another's
    /// cannot use it elsewhere.
    pub fn assertion(&self, client: &str, issuer: &str, now: Timestamp, entropy: &mut dyn Entropy) -> String {
        let mut random = [0; 16];
        entropy.fill(&mut random);
        let header = json!({"alg": "ES256", "kid": self.name(), "typ": "JWT"});
        let claims = json!({
            "iss": client, "sub": client, "aud": issuer, "jti": BASE64_URL_SAFE_NO_PAD.encode(random),
            "iat": now.timestamp(), "exp": (now + LENGTH).timestamp(),
        });
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(&claims));
        let signature: Signature = self.0.sign(message.as_bytes());
        format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// A name that another key does not have.
    fn name(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.point()))
    }

    fn point(&self) -> Box<[u8]> {
        self.0.verifying_key().to_sec1_point(false).to_bytes()
    }
}
