//! The keys of a provider (RFC 7517), as far as they can be used here.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

use crate::cache::Remembered;

/// More keys than any provider has at once.
const MOST_KEYS: usize = 64;

/// An algorithm that is accepted (security.md S3). None of them shares a secret, so nothing public can sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Algorithm {
    RS256,
    PS256,
    ES256,
    EdDSA,
}

/// The keys of a provider.
#[derive(Debug)]
pub(crate) struct KeySet(Vec<Key>);

/// One public key.
#[derive(Debug)]
pub(crate) struct Key {
    id: Option<String>,
    algorithm: Option<String>,
    material: Material,
}

#[derive(Debug)]
enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Remembered for KeySet {
    const WHAT: &'static str = "keys";

    fn read(body: &[u8]) -> Result<Self, String> {
        let jwks: Jwks = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        if jwks.keys.len() > MOST_KEYS {
            return Err(format!("there are more than {MOST_KEYS}"));
        }
        // What cannot be used is no error: providers publish keys for encryption, and of kinds yet to come.
        let keys = jwks.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).filter_map(read);
        Ok(Self(keys.collect()))
    }
}

fn read(jwk: Jwk) -> Option<Key> {
    if jwk.purpose.as_deref().is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let part = |text: &Option<String>| BASE64_URL_SAFE_NO_PAD.decode(text.as_deref()?).ok();
    let material = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("RSA", None) => Material::Rsa { n: part(&jwk.n)?, e: part(&jwk.e)? },
        ("EC", Some("P-256")) => Material::P256([vec![4], part(&jwk.x)?, part(&jwk.y)?].concat()),
        ("OKP", Some("Ed25519")) => Material::Ed25519(part(&jwk.x)?),
        _ => return None,
    };
    Some(Key { id: jwk.kid, algorithm: jwk.alg, material })
}

impl KeySet {
    /// The keys that a token with this header may have been signed by. A token that names no key is accepted only
    /// where there is no choice.
    pub(crate) fn for_token(&self, kid: Option<&str>, algorithm: Algorithm) -> Vec<&Key> {
        let fitting = self.0.iter().filter(|key| key.fits(algorithm));
        match kid {
            Some(kid) => fitting.filter(|key| key.id.as_deref() == Some(kid)).collect(),
            None => Some(fitting.collect::<Vec<_>>()).filter(|keys| keys.len() == 1).unwrap_or_default(),
        }
    }
}

impl Algorithm {
    /// The algorithm of that name, if it is accepted.
    pub(crate) fn of(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::RS256),
            "PS256" => Some(Self::PS256),
            "ES256" => Some(Self::ES256),
            "EdDSA" => Some(Self::EdDSA),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::PS256 => "PS256",
            Self::ES256 => "ES256",
            Self::EdDSA => "EdDSA",
        }
    }
}

impl Key {
    fn fits(&self, algorithm: Algorithm) -> bool {
        let kind = matches!(
            (&self.material, algorithm),
            (Material::Rsa { .. }, Algorithm::RS256 | Algorithm::PS256)
                | (Material::P256(_), Algorithm::ES256)
                | (Material::Ed25519(_), Algorithm::EdDSA)
        );
        kind && self.algorithm.as_deref().is_none_or(|own| own == algorithm.name())
    }

    /// Whether the signature is this key's. RSA from 2048 bits.
    pub(crate) fn verifies(&self, algorithm: Algorithm, message: &[u8], given: &[u8]) -> bool {
        match (&self.material, algorithm) {
            (Material::Rsa { n, e }, Algorithm::RS256) => RsaPublicKeyComponents { n, e }
                .verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, given)
                .is_ok(),
            (Material::Rsa { n, e }, Algorithm::PS256) => RsaPublicKeyComponents { n, e }
                .verify(&signature::RSA_PSS_2048_8192_SHA256, message, given)
                .is_ok(),
            (Material::P256(point), Algorithm::ES256) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
                    .verify(message, given)
                    .is_ok()
            }
            (Material::Ed25519(point), Algorithm::EdDSA) => {
                UnparsedPublicKey::new(&signature::ED25519, point).verify(message, given).is_ok()
            }
            _ => false,
        }
    }
}
