//! What a provider says about who signed in beyond the token (OpenID Connect Core, section 5.3).

use egress::Egress;
use serde_json::{Map, Value};

use crate::SignInError;

const WHAT: &str = "description of you";

/// What is at an endpoint, for whoever holds the access token.
pub(crate) async fn ask(
    egress: &Egress,
    tenant: &str,
    url: &str,
    access: &str,
) -> Result<Value, SignInError> {
    let _turn = egress.turn(tenant).map_err(SignInError::unreachable(WHAT))?;
    let bearer = format!("Bearer {access}");
    let headers = [("authorization", bearer.as_str()), ("accept", "application/json")];
    let answer = egress.get(url, &headers).await.map_err(SignInError::unreachable(WHAT))?;
    read(answer.status, &answer.body)
}

/// What an endpoint answers to a question, for whoever holds the access token.
pub(crate) async fn ask_with(
    egress: &Egress,
    tenant: &str,
    url: &str,
    access: &str,
    question: &Value,
) -> Result<Value, SignInError> {
    let _turn = egress.turn(tenant).map_err(SignInError::unreachable(WHAT))?;
    let bearer = format!("Bearer {access}");
    let headers = [("authorization", bearer.as_str()), ("accept", "application/json")];
    let answer = egress.post_json(url, &headers, question).await.map_err(SignInError::unreachable(WHAT))?;
    read(answer.status, &answer.body)
}

fn read(status: u16, body: &[u8]) -> Result<Value, SignInError> {
    if status != 200 {
        return Err(SignInError::unusable(WHAT, format!("it answered with status {status}")));
    }
    serde_json::from_slice(body).map_err(|_| SignInError::unusable(WHAT, "it is not JSON"))
}

/// The claims at the endpoint, if they are of the same person: another's could be slipped in otherwise (section 5.3.2).
pub(crate) fn of(subject: &str, said: Value) -> Result<Map<String, Value>, SignInError> {
    match said {
        Value::Object(claims) if claims.get("sub").and_then(Value::as_str) == Some(subject) => Ok(claims),
        _ => Err(SignInError::Untrusted("it describes somebody else")),
    }
}
