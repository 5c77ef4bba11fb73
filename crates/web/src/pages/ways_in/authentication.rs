//! How a client proves itself to its provider, as forms write it.

use model::ClientAuthentication;

/// What was chosen. What is none of the choices is the way that most providers expect.
pub(super) fn read(word: &str) -> ClientAuthentication {
    match word {
        "post" => ClientAuthentication::Post,
        "private_key_jwt" => ClientAuthentication::PrivateKeyJwt,
        "none" => ClientAuthentication::None,
        _ => ClientAuthentication::Basic,
    }
}

/// The choice that stands for it.
pub(super) fn word(authentication: ClientAuthentication) -> &'static str {
    match authentication {
        ClientAuthentication::Basic => "basic",
        ClientAuthentication::Post => "post",
        ClientAuthentication::PrivateKeyJwt => "private_key_jwt",
        ClientAuthentication::None => "none",
    }
}
