//! A person with a browser: sent to a provider, followed until they are sent back.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use egress::{Egress, Limits};
use model::{
    Client, ClientAuthentication, ConnectionId, ConnectionKind, Entropy, GroupRule, Mapping,
    OrganizationRole, Terms, Timestamp,
};
use signin::{Asked, Person, Prompt, Returned, Secrets, SignIn, SignInError};
use testkit::http::{Request, Response};

/// Where providers send people back. Nobody listens there: the test reads the address.
pub(crate) const REDIRECTS: &str = "http://127.0.0.1:9";

#[expect(clippy::disallowed_methods, reason = "real providers sign with the real time")]
pub(crate) fn now() -> Timestamp {
    SystemTime::now().into()
}

/// Different every time; nobody guesses here.
struct Counting;

impl Entropy for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let seed = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = seed[at % 8] ^ u8::try_from(at).unwrap_or(0);
        }
    }
}

pub(crate) fn secrets() -> Secrets {
    Secrets::draw(&mut Counting)
}

/// A connection to a provider on loopback, and the door that is open to it.
pub(crate) struct Connected {
    pub(crate) signin: SignIn,
    pub(crate) terms: Terms,
    pub(crate) secret: Option<String>,
    pub(crate) provider: SocketAddr,
    pub(crate) connection: ConnectionId,
}

impl Connected {
    pub(crate) fn to(
        provider: SocketAddr,
        authentication: ClientAuthentication,
        secret: Option<&str>,
    ) -> Self {
        let egress = Egress::new(vec![provider.to_string().parse().unwrap()]);
        let total = std::time::Duration::from_secs(2);
        let egress = egress.with_limits(Limits { total, ..Limits::default() });
        let rule = |group: &str| GroupRule {
            group: group.to_owned(),
            organization_role: Some(OrganizationRole::Member),
            place: None,
        };
        let terms = Terms {
            kind: ConnectionKind::Oidc,
            issuer: format!("http://{provider}"),
            client: Client { id: "answerable".to_owned(), authentication, secret: None },
            scopes: ["openid", "email", "profile"].map(str::to_owned).to_vec(),
            mapping: Mapping {
                groups_claim: Some("groups".to_owned()),
                groups: vec![rule("Finance")],
                ..Mapping::default()
            },
        };
        let secret = secret.map(str::to_owned);
        Self { signin: SignIn::new(egress), terms, secret, provider, connection: ConnectionId::MIN }
    }

    pub(crate) fn asked<'a>(&'a self, redirect: &'a str) -> Asked<'a> {
        Asked {
            tenant: "northwind",
            connection: self.connection,
            terms: &self.terms,
            secret: self.secret.as_deref(),
            redirect,
        }
    }

    pub(crate) fn redirect(&self) -> String {
        format!("{REDIRECTS}/sso/cb/{}", self.connection)
    }

    /// The whole of it: discovered, sent away, signed in there as `hint`, sent back, finished.
    pub(crate) async fn sign_in(&self, hint: &str) -> Result<Person, SignInError> {
        let redirect = self.redirect();
        let asked = self.asked(&redirect);
        let secrets = secrets();
        let metadata = self.signin.discover(&asked, now()).await?;
        let url = asked.authorization_by(&metadata, &secrets, Prompt::Usual(Some(hint)), true)?;
        let returned = follow(self.provider, &url).await;
        assert_eq!(returned.state.as_deref(), Some(secrets.state.as_str()));
        self.signin.finish(&asked, &returned, &secrets, None, now()).await
    }
}

/// Follows a person through their provider, cookies and all, until they are sent back to us.
pub(crate) async fn follow(provider: SocketAddr, url: &str) -> Returned {
    let mut jar: Vec<(String, String)> = Vec::new();
    let mut url = url.to_owned();
    for _ in 0..10 {
        let path = url.strip_prefix(&format!("http://{provider}")).unwrap_or(&url).to_owned();
        if path.starts_with(REDIRECTS) {
            return query(&path);
        }
        let cookies: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = Request::get(&path).header("cookie", &cookies.join("; ")).send(provider).await;
        remember(&mut jar, &response);
        url = response.header("location").unwrap_or_else(|| panic!("{path}: {}", response.text())).to_owned();
    }
    panic!("sent round and round: {url}");
}

fn remember(jar: &mut Vec<(String, String)>, response: &Response) {
    let set = response.headers.iter().filter(|(name, _)| name == "set-cookie");
    for (name, value) in set.filter_map(|(_, cookie)| cookie.split(';').next()?.split_once('=')) {
        jar.retain(|(known, _)| known != name);
        if !value.is_empty() {
            jar.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn query(url: &str) -> Returned {
    let url = url::Url::parse(url).unwrap();
    let said =
        |name: &str| url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    Returned {
        state: said("state"),
        code: said("code"),
        iss: said("iss"),
        error: said("error"),
        error_description: said("error_description"),
    }
}
