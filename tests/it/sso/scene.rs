//! An organization whose owner sets up sign-in from the pages alone.

use std::net::SocketAddr;

use testkit::process::run;
use testkit::providers::Providers;
use testkit::{answerable, ports};

use super::browser::{Browser, Page, encoded};
use super::resolver::Resolver;
use crate::pages::hidden;
use crate::world::{Own, World, text, with};

/// A program with three providers and a resolver that it may ask.
pub(crate) struct Scene {
    pub(crate) own: Own,
    pub(crate) providers: Providers,
    pub(crate) resolver: Resolver,
}

/// A provider, as an administrator knows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vendor {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) way: &'static str,
}

impl Scene {
    pub(crate) async fn start() -> Self {
        Self::start_beside(&[]).await
    }

    /// With further providers that the program may ask.
    pub(crate) async fn start_beside(others: &[SocketAddr]) -> Self {
        Self::start_with(others, &[]).await
    }

    /// The same, with further settings.
    pub(crate) async fn start_with(others: &[SocketAddr], more: &[(&str, &str)]) -> Self {
        let _ = answerable::binary();
        let here = ports::loopback(ports::free());
        let providers = Providers::start(&format!("http://{here}"));
        let resolver = Resolver::start().await;
        let all =
            [providers.okta, providers.entra, providers.google].into_iter().chain(others.iter().copied());
        let allow = all.map(|address| address.to_string()).collect::<Vec<_>>().join(",");
        let asked = resolver.address.to_string();
        let usual =
            [("ANSWERABLE_EGRESS__ALLOW", allow.as_str()), ("ANSWERABLE_DNS__RESOLVER", asked.as_str())];
        let settings: Vec<_> = usual.into_iter().chain(more.iter().copied()).collect();
        let own = Own::start_on(here, &settings).await;
        Self { own, providers, resolver }
    }

    pub(crate) fn world(&self) -> &World {
        &self.own.world
    }

    pub(crate) fn vendors(&self) -> [Vendor; 3] {
        [
            Vendor { name: "okta", address: self.providers.okta, way: "basic" },
            Vendor { name: "entra", address: self.providers.entra, way: "post" },
            Vendor { name: "google", address: self.providers.google, way: "post" },
        ]
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.world().address)
    }

    /// The organization's first owner at a browser, signed in by the operator's link.
    pub(crate) async fn owner(&self) -> Admin<'_> {
        let owners = self.world().list("members?role=owner").await;
        self.signed_in(&text(&owners[0], "id")).await
    }

    /// A person of the organization at a browser, signed in by the operator's link.
    pub(crate) async fn signed_in(&self, user: &str) -> Admin<'_> {
        self.signed_in_at(self.world(), user).await
    }

    /// A person of another organization of the same program at a browser, signed in by the operator's link.
    pub(crate) async fn signed_in_at(&self, world: &World, user: &str) -> Admin<'_> {
        let command = ["admin", "sign-in-link", "--org", &world.organization, "--user", user];
        let printed = run(with(&world.database).args(command));
        let link = printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SIGN_IN_LINK="));
        let (_, secret) = link.and_then(|link| link.split_once("/sign-in/link/")).expect("a link");
        let mut browser = Browser::default();
        let answer = browser.post(&self.url(&format!("/sign-in/link/{secret}")), &[("next", "")]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        Admin { scene: self, organization: world.organization.clone(), browser }
    }

    /// Somebody at a browser of their own signs in with an address, from the first page to the last.
    pub(crate) async fn sign_in(&self, browser: &mut Browser, address: &str, next: &str) -> Page {
        let sent = browser.post(&self.url("/sign-in"), &[("email", address), ("next", next)]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        browser.go(&self.url(sent.header("location").expect("a way on"))).await
    }
}

/// Somebody at the pages of the organization.
pub(crate) struct Admin<'s> {
    pub(crate) scene: &'s Scene,
    pub(crate) organization: String,
    pub(crate) browser: Browser,
}

impl Admin<'_> {
    pub(crate) fn url(&self, path: &str) -> String {
        self.scene.url(&format!("/o/{}/settings/sign-in{path}", self.organization))
    }

    /// Sends the form that stands at a page, and goes on where it leads.
    pub(crate) async fn submit(&mut self, at: &str, to: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.browser.go(&self.url(at)).await;
        assert_eq!(page.status, 200, "{at}: {}", page.text);
        let csrf = hidden(&page.text, "csrf");
        let csrf = csrf.unwrap_or_else(|| panic!("no form at {at}, but {}: {}", page.path, page.text));
        let all: Vec<(&str, &str)> =
            std::iter::once(("csrf", csrf.as_str())).chain(fields.iter().copied()).collect();
        let sent = self.browser.post(&self.url(to), &all).await;
        match sent.header("location") {
            Some(next) => self.browser.go(&self.scene.url(next)).await,
            None => Page { path: to.to_owned(), status: sent.status, text: sent.text() },
        }
    }

    /// Connects a provider, enters its secret, and tests it. The connection's id.
    pub(crate) async fn connect(&mut self, vendor: Vendor, just_in_time: bool) -> String {
        let issuer = format!("http://{}", vendor.address);
        let mut fields = vec![
            ("name", vendor.name),
            ("issuer", issuer.as_str()),
            ("client_id", "answerable"),
            ("client_authentication", vendor.way),
        ];
        if just_in_time {
            fields.push(("just_in_time", "on"));
        }
        let page = self.submit("/connections/new", "/connections/new", &fields).await;
        let id = page.path.rsplit('/').next().expect("an id").to_owned();
        assert!(page.text.contains("What the provider has to know"), "{}", page.text);
        let secret = format!("{}-secret-that-is-long-enough-0123456789", vendor.name);
        let at = format!("/connections/{id}/secret");
        let page = self.submit(&at, &at, &[("client_secret", &secret)]).await;
        assert!(page.text.contains("sealed and in use"), "{}", page.text);
        id
    }

    /// Tests a connection as that person of the provider.
    pub(crate) async fn test(&mut self, id: &str, address: &str) -> Page {
        let way = format!("/sso/continue?connection={id}&for=test&address={}", encoded(address));
        self.browser.go(&self.scene.url(&way)).await
    }

    /// Claims and proves a domain.
    pub(crate) async fn prove(&mut self, name: &str) -> Page {
        let page = self.submit("/domains/new", "/domains/new", &[("name", name)]).await;
        let (_, rest) = page.text.split_once("token=").expect("the record");
        let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        self.scene.resolver.says(&format!("token={token}"));
        let at = format!("/domains/{}", page.path.rsplit('/').next().expect("an id"));
        self.submit(&at, &format!("{at}/prove"), &[]).await
    }
}
