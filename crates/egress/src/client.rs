//! The door: checks, connects to what was checked, reads within bounds.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, dns, redirect, retry};
use serde_json::Value;
use settings::Exception;
use tokio::time::{Instant, timeout_at};

use crate::error::EgressError;
use crate::resolver::{Resolve, SystemResolver};
use crate::response::{Opened, Response};
use crate::rules::{Rules, Target};
use crate::tls::Tls;
use crate::turns::{Turn, Turns};

const USER_AGENT: &str = concat!("answerable/", env!("CARGO_PKG_VERSION"));

/// How long and how much a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For the connection to be made, TLS included.
    pub connect: Duration,
    /// For the whole exchange, from looking the host up to the last byte.
    pub total: Duration,
    /// Most bytes of a body.
    pub body_bytes: usize,
}

impl Default for Limits {
    /// 3 s to connect, 10 s in all: a person waits for the answer. 1 MiB: more than any list of tools or keys
    /// seen, little enough to hold a few of at once.
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), total: Duration::from_secs(10), body_bytes: 1 << 20 }
    }
}

/// What goes with a request.
#[derive(Debug)]
pub(crate) enum Body<'a> {
    /// Nothing.
    None,
    /// JSON, and the header that says so.
    Json(&'a Value),
    /// Bytes; their header is the caller's.
    Bytes(Vec<u8>),
}

/// Makes outbound requests under the rules of this crate. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Egress {
    rules: Arc<Rules>,
    resolver: Arc<dyn Resolve>,
    tls: Arc<Tls>,
    turns: Turns,
    limits: Limits,
}

impl fmt::Debug for Egress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Egress")
            .field("rules", &self.rules)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Egress {
    /// A door with the operator's exceptions, the resolver of this machine and the usual limits.
    pub fn new(exceptions: Vec<Exception>) -> Self {
        Self {
            rules: Arc::new(Rules::new(exceptions)),
            resolver: Arc::new(SystemResolver),
            tls: Arc::default(),
            turns: Turns::default(),
            limits: Limits::default(),
        }
    }

    /// The same door with another resolver.
    #[must_use]
    pub fn with_resolver(self, resolver: Arc<dyn Resolve>) -> Self {
        Self { resolver, ..self }
    }

    /// The same door with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Takes one of the tenant's turns; hold it while making requests in its name.
    ///
    /// Refused with `Busy` while [`crate::MAX_IN_FLIGHT`] are held.
    pub fn turn(&self, tenant: &str) -> Result<Turn, EgressError> {
        self.turns.take(tenant)
    }

    /// Sends a GET request and reads the whole answer.
    pub async fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Response, EgressError> {
        self.open(Method::GET, url, headers, Body::None).await?.whole().await
    }

    /// Sends a POST request with a JSON body and reads the whole answer.
    pub async fn post_json(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Result<Response, EgressError> {
        self.open(Method::POST, url, headers, Body::Json(body)).await?.whole().await
    }

    /// Sends a PUT request with a JSON body and reads the whole answer.
    pub async fn put_json(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Result<Response, EgressError> {
        self.open(Method::PUT, url, headers, Body::Json(body)).await?.whole().await
    }

    /// Sends a POST request with a body as it is; what it is, a header has to say. Reads the whole answer.
    pub async fn post_bytes(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Response, EgressError> {
        self.open(Method::POST, url, headers, Body::Bytes(body)).await?.whole().await
    }

    /// Checks a URL as a request would, without the look-up and without connecting: for saving a URL that is
    /// asked later.
    pub fn check_url(&self, url: &str) -> Result<(), EgressError> {
        self.rules.target(url).map(|_| ())
    }

    /// Sends a request and reads the head of the answer.
    pub(crate) async fn open(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Body<'_>,
    ) -> Result<Opened, EgressError> {
        let deadline = Instant::now() + self.limits.total;
        let target = self.rules.target(url)?;
        let headers = header_map(headers)?;
        let sending = async {
            let addresses = self.rules.addresses(&target, self.resolver.as_ref()).await?;
            let request = self.client(&target, addresses)?.request(method, target.url).headers(headers);
            let request = match body {
                Body::None => request,
                Body::Json(body) => request.json(body),
                Body::Bytes(body) => request.body(body),
            };
            request.send().await.map_err(|error| EgressError::from_client(&error))
        };
        let response = timeout_at(deadline, sending).await.map_err(|_| EgressError::TimedOut)??;
        if response.status().is_redirection() {
            return Err(EgressError::Redirected);
        }
        Ok(Opened::new(response, deadline, self.limits.body_bytes))
    }

    /// A client for one request: what makes it safe is that it knows no address but the checked ones.
    #[expect(clippy::disallowed_methods, reason = "this crate is the one place that makes outbound requests")]
    fn client(&self, target: &Target, addresses: Vec<SocketAddr>) -> Result<Client, EgressError> {
        let tls =
            if target.url.scheme() == "https" { self.tls.verifying()? } else { Tls::trusting_nobody()? };
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(Pinned(addresses)))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .no_proxy()
            .referer(false)
            .http1_only()
            .user_agent(USER_AGENT)
            .connect_timeout(self.limits.connect);
        builder.build().map_err(|error| EgressError::from_client(&error))
    }
}

/// Answers every name with the addresses that were checked.
struct Pinned(Vec<SocketAddr>);

impl dns::Resolve for Pinned {
    fn resolve(&self, _: dns::Name) -> dns::Resolving {
        let addresses: dns::Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

fn header_map(headers: &[(&str, &str)]) -> Result<HeaderMap, EgressError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name: HeaderName = name.parse().map_err(|_| EgressError::InvalidHeader)?;
        let mut value = HeaderValue::from_str(value).map_err(|_| EgressError::InvalidHeader)?;
        value.set_sensitive(name == reqwest::header::AUTHORIZATION);
        map.insert(name, value);
    }
    Ok(map)
}
