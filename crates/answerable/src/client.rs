use egress::{Egress, EgressError, Exception};
use serde_json::Value;

use crate::failure::Failure;

/// Asks an Answerable over HTTP, as anybody outside would.
pub(crate) struct Client {
    egress: Egress,
    base: String,
    token: String,
}

impl Client {
    /// A client of the server at `base`, with a key. The operator named that address, so the rules for addresses that
    /// tenants name do not bind it.
    pub(crate) fn new(base: &str, token: &str) -> Result<Self, Failure> {
        let base = base.trim_end_matches('/').to_owned();
        let authority = base.split_once("://").map_or(base.as_str(), |(_, rest)| rest);
        let authority = authority.split('/').next().unwrap_or(authority);
        let default = if base.starts_with("https") { "443" } else { "80" };
        let with_port = match authority.rsplit_once(':') {
            Some((_, port)) if port.chars().all(|c| c.is_ascii_digit()) => authority.to_owned(),
            _ => format!("{authority}:{default}"),
        };
        let exception: Exception = with_port.parse().map_err(|_| {
            Failure::Said(format!("`{base}` is not the address of a server; expected http(s)://host:port"))
        })?;
        Ok(Self { egress: Egress::new(vec![exception]), base, token: token.to_owned() })
    }

    /// Where it asks.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Sends a POST and expects a JSON answer of success.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let (url, bearer) = self.aim(path);
        let response = self.egress.post_json(&url, &[("authorization", &bearer)], body).await;
        self.read(path, response)
    }

    /// Sends a PUT and expects a JSON answer of success.
    pub(crate) async fn put(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let (url, bearer) = self.aim(path);
        let response = self.egress.put_json(&url, &[("authorization", &bearer)], body).await;
        self.read(path, response)
    }

    /// Sends a GET and expects a JSON answer of success.
    pub(crate) async fn get(&self, path: &str) -> Result<Value, Failure> {
        let (url, bearer) = self.aim(path);
        let response = self.egress.get(&url, &[("authorization", &bearer)]).await;
        self.read(path, response)
    }

    /// Sends a GET and says only whether the answer is one of success.
    pub(crate) async fn is_ok(&self, path: &str) -> bool {
        let (url, bearer) = self.aim(path);
        let response = self.egress.get(&url, &[("authorization", &bearer)]).await;
        response.is_ok_and(|response| (200..300).contains(&response.status))
    }

    fn aim(&self, path: &str) -> (String, String) {
        (format!("{}{path}", self.base), format!("Bearer {}", self.token))
    }

    fn read(&self, path: &str, response: Result<egress::Response, EgressError>) -> Result<Value, Failure> {
        let response = response.map_err(|error| Failure::Said(format!("{}: {error}", self.base)))?;
        let text = String::from_utf8_lossy(&response.body);
        if !(200..300).contains(&response.status) {
            return Err(Failure::Said(format!("{path} answered {}: {text}", response.status)));
        }
        serde_json::from_str(&text)
            .map_err(|error| Failure::Said(format!("{path} answered no JSON: {error}")))
    }
}
