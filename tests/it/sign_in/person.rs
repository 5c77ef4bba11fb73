//! Somebody at a browser, whose answers are looked at one by one, and who can be made to send what no browser would.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use testkit::http::{Request, Response};
use testkit::process::run;
use totp_rs::{Builder, Secret, Totp};

use crate::pages::hidden;
use crate::world::{World, text, unique, with};

/// The session's cookie.
pub(crate) const SESSION: &str = "__Host-answerable";
/// Half a minute: a step of one-time codes.
const STEP: u64 = 30;

/// Somebody at a browser.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    site: SocketAddr,
    cookies: BTreeMap<String, String>,
    /// Where they are, as the proxy before the program says.
    from: String,
}

/// What somebody proves with who they are.
pub(crate) struct Secrets {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) recovery_codes: Vec<String>,
    totp: Totp,
}

impl Person {
    /// Somebody whom nobody knows, at an address that nobody else has.
    pub(crate) fn stranger(site: SocketAddr) -> Self {
        let number: u32 = unique("").trim_start_matches('-').parse().expect("a number");
        let from = format!("198.18.{}.{}", number / 200, number % 200 + 1);
        Self { site, cookies: BTreeMap::new(), from }
    }

    /// A member, signed in a moment ago by a link of the operator's.
    pub(crate) async fn of(world: &World, user: &str) -> Self {
        let mut person = Self::stranger(world.address);
        let answer = person.send(&sign_in_link(world, user), &[("next", "")]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        person
    }

    /// The first owner.
    pub(crate) async fn owner(world: &World) -> Self {
        let owners = world.list("members?role=owner").await;
        Self::of(world, &text(&owners[0], "id")).await
    }

    /// A member of their own, signed in by a link.
    pub(crate) async fn member(world: &World) -> (Self, String) {
        let id = world.person_as(&unique("Member"), "member").await;
        (Self::of(world, &id).await, id)
    }

    /// The same from another address.
    #[must_use]
    pub(crate) fn moved_to(mut self, from: &str) -> Self {
        from.clone_into(&mut self.from);
        self
    }

    /// Looks at an address.
    pub(crate) async fn get(&mut self, path: &str) -> Response {
        self.exchange(Request::get(path)).await
    }

    /// Looks at a page that has to be there.
    pub(crate) async fn page(&mut self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// Sends a form as a page of this site does.
    pub(crate) async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let origin = format!("http://{}", self.site);
        let request = form(path, fields).header("origin", &origin).header("sec-fetch-site", "same-origin");
        self.exchange(request).await
    }

    /// Sends a form with the proof that a page of this session has in it.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let csrf = self.csrf().await;
        let fields: Vec<_> = std::iter::once(("csrf", csrf.as_str())).chain(fields.iter().copied()).collect();
        self.send(path, &fields).await
    }

    /// The proof that every form of this session has.
    pub(crate) async fn csrf(&mut self) -> String {
        let page = self.page("/account").await;
        hidden(&page, "csrf").expect("a form on the account")
    }

    /// Sends whatever it is, with the cookies.
    pub(crate) async fn exchange(&mut self, request: Request) -> Response {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header("accept", "text/html").header("x-forwarded-for", &self.from);
        let request =
            if cookies.is_empty() { request } else { request.header("cookie", &cookies.join("; ")) };
        let answer = request.send(self.site).await;
        for (_, set) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, value)) = set.split(';').next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// The value of the session's cookie.
    pub(crate) fn session(&self) -> Option<String> {
        self.cookies.get(SESSION).cloned()
    }

    /// Lays a cookie of that value into the browser, as somebody else might.
    pub(crate) fn lay(&mut self, value: &str) {
        self.cookies.insert(SESSION.to_owned(), value.to_owned());
    }

    /// Whether they are signed in.
    pub(crate) async fn is_signed_in(&mut self) -> bool {
        self.get("/account").await.status == 200
    }

    /// Gives themselves a password and an authenticator, by the pages.
    pub(crate) async fn set_password(&mut self) -> Secrets {
        let login = format!("{}@northwind.example", unique("someone").to_lowercase());
        let password = unique("violet kettle nine drums");
        let answer = self.submit("/account/password", &[("login", &login), ("password", &password)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let answer = self.submit("/account/authenticator/new", &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let totp = authenticator(&answer.text());
        let mut secrets = Secrets { login, password, recovery_codes: Vec::new(), totp };
        // The step before the present one counts too, and leaves two for the tests.
        let answer = self.submit("/account/authenticator", &[("code", &secrets.code(-1))]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        secrets.recovery_codes = listed(&answer.text());
        secrets
    }

    /// Signs in by password and a code.
    pub(crate) async fn sign_in(&mut self, secrets: &Secrets, code: &str, next: &str) -> Response {
        let fields = [
            ("login", secrets.login.as_str()),
            ("password", &secrets.password),
            ("code", code),
            ("next", next),
        ];
        self.send("/sign-in/password", &fields).await
    }
}

impl Secrets {
    /// The code of the authenticator, so many steps from now.
    pub(crate) fn code(&self, steps: i64) -> String {
        code(&self.totp, steps)
    }
}

/// The code that an authenticator with that seed shows now.
pub(crate) fn code_of(seed: &str) -> String {
    code(&seeded(seed), 0)
}

#[expect(clippy::disallowed_methods, reason = "an authenticator goes by the clock that the program goes by")]
fn code(totp: &Totp, steps: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    totp.generate(now.saturating_add_signed(steps * STEP.cast_signed())).to_string()
}

fn seeded(seed: &str) -> Totp {
    let seed: String = seed.chars().filter(|letter| *letter != ' ').collect();
    let secret = Secret::try_from_base32(seed).expect("base32");
    Builder::new().with_secret(secret).build().expect("an authenticator")
}

/// The path of a link of the operator's that signs a member in.
pub(crate) fn sign_in_link(world: &World, user: &str) -> String {
    let command = ["admin", "sign-in-link", "--org", &world.organization, "--user", user];
    let printed = run(with(&world.database).args(command));
    let (_, secret) = printed.trim().split_once("/sign-in/link/").expect("a link");
    format!("/sign-in/link/{secret}")
}

/// A form as it is sent.
pub(crate) fn form(path: &str, fields: &[(&str, &str)]) -> Request {
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    Request::new("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(fields.join("&"))
}

/// A text as an address and a form have it.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// The authenticator that a page shows the seed of.
fn authenticator(page: &str) -> Totp {
    let (_, seed) = page.split_once("id=\"seed\">").expect("a seed");
    seeded(seed.split('<').next().unwrap_or_default())
}

/// The codes that a page lists.
fn listed(page: &str) -> Vec<String> {
    let (_, list) = page.split_once("id=\"codes\">").expect("recovery codes");
    let list = list.split("</ol>").next().unwrap_or_default();
    list.split("<li>").skip(1).filter_map(|item| item.split('<').next()).map(ToOwned::to_owned).collect()
}
