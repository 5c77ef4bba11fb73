//! The rules of security.md S3 and S7 for tokens, and W2 for keys, each with what it refuses.

mod callbacks;
mod groups;
mod identity;
mod keys;
mod logout;
mod polling;
mod provider;
mod refresh;
mod revoke;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use model::{Client, ClientAuthentication, ConnectionKind, Mapping, Terms, Timestamp};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

use crate::cache::Remembered;
use crate::jwks::KeySet;

pub(crate) const ISSUER: &str = "https://idp.example";
pub(crate) const CLIENT: &str = "answerable";

pub(crate) fn now() -> Timestamp {
    Timestamp::from_timestamp(1_800_000_000, 0).unwrap()
}

pub(crate) fn text(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A provider's key that signs.
pub(crate) enum Signer {
    Es256(Box<EcdsaKeyPair>),
    EdDsa(Box<Ed25519KeyPair>),
}

impl Signer {
    pub(crate) fn es256() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random);
        Self::Es256(Box::new(pair.unwrap()))
    }

    pub(crate) fn eddsa() -> Self {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::EdDsa(Box::new(Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap()))
    }

    pub(crate) fn algorithm(&self) -> &'static str {
        match self {
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
        }
    }

    /// The public half, as the provider publishes it.
    pub(crate) fn jwk(&self, kid: &str) -> Value {
        match self {
            Self::Es256(pair) => {
                let point = pair.public_key().as_ref();
                let (x, y) = (text(&point[1..33]), text(&point[33..65]));
                json!({"kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "alg": "ES256", "x": x, "y": y})
            }
            Self::EdDsa(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": text(pair.public_key())})
            }
        }
    }

    /// A token with this header.
    pub(crate) fn sign_with(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", text(header.to_string()), text(claims.to_string()));
        let signature = match self {
            Self::Es256(pair) => text(pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref()),
            Self::EdDsa(pair) => text(pair.sign(message.as_bytes()).as_ref()),
        };
        format!("{message}.{signature}")
    }

    pub(crate) fn sign(&self, kid: &str, claims: &Value) -> String {
        self.sign_with(&json!({"alg": self.algorithm(), "kid": kid, "typ": "JWT"}), claims)
    }
}

pub(crate) fn key_set(keys: &[Value]) -> KeySet {
    KeySet::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

/// The same object with these members set, or taken out where they are null.
pub(crate) fn with(mut object: Value, members: &Value) -> Value {
    for (name, value) in members.as_object().unwrap() {
        if value.is_null() {
            object.as_object_mut().unwrap().remove(name);
        } else {
            object[name] = value.clone();
        }
    }
    object
}

pub(crate) fn seconds(at: Timestamp, more: i64) -> i64 {
    (at + TimeDelta::seconds(more)).timestamp()
}

pub(crate) fn terms(issuer: &str) -> Terms {
    Terms {
        kind: ConnectionKind::Oidc,
        issuer: issuer.to_owned(),
        client: Client { id: CLIENT.to_owned(), authentication: ClientAuthentication::Basic, secret: None },
        scopes: vec!["openid".to_owned(), "email".to_owned()],
        mapping: Mapping::default(),
    }
}
