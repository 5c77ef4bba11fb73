//! Proving who we are to a provider by a key of our own (RFC 7523, `private_key_jwt`): the provider learns the public half
//! at an address of ours, and nothing that is worth stealing lies with it.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use model::{Entropy, Timestamp};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::SignInError;

/// Long enough for a clock that is a little off, too short to be worth keeping.
const LENGTH: TimeDelta = TimeDelta::minutes(2);

/// A key that proves who we are to one provider. ES256: what every provider with `private_key_jwt` has to know beside RSA.
#[derive(Debug)]
pub struct ClientKey(EcdsaKeyPair);

impl ClientKey {
    /// A new one, as text to be sealed.
    pub fn make() -> Result<String, SignInError> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        made.map(|made| BASE64_STANDARD_NO_PAD.encode(made)).map_err(|_| unusable("it could not be made"))
    }

    /// Reads what [`ClientKey::make`] made.
    pub fn read(text: &str) -> Result<Self, SignInError> {
        let wrong = || unusable("make a new one");
        let bytes = BASE64_STANDARD_NO_PAD.decode(text).map_err(|_| wrong())?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes, &SystemRandom::new());
        pair.map(Self).map_err(|_| wrong())
    }

    /// Its public half, as a provider reads it (RFC 7517).
    pub fn public(&self) -> Value {
        let point = self.0.public_key().as_ref();
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
    pub fn assertion(
        &self,
        client: &str,
        issuer: &str,
        now: Timestamp,
        entropy: &mut dyn Entropy,
    ) -> Result<String, SignInError> {
        let mut random = [0; 16];
        entropy.fill(&mut random);
        let header = json!({"alg": "ES256", "kid": self.name(), "typ": "JWT"});
        let claims = json!({
            "iss": client, "sub": client, "aud": issuer, "jti": BASE64_URL_SAFE_NO_PAD.encode(random),
            "iat": now.timestamp(), "exp": (now + LENGTH).timestamp(),
        });
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(&claims));
        let signature = self.0.sign(&SystemRandom::new(), message.as_bytes());
        let signature = signature.map_err(|_| unusable("it does not sign"))?;
        Ok(format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }

    /// A name that another key does not have.
    fn name(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.public_key()))
    }
}

fn unusable(why: &str) -> SignInError {
    SignInError::unusable("client", format!("its key cannot be used: {why}"))
}
