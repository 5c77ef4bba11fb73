//! A person's browser: it keeps cookies for each site, follows redirects, and sends forms.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use testkit::http::{Request, Response};

/// A browser with its cookies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Browser {
    jar: BTreeMap<(SocketAddr, String), String>,
}

/// Where somebody ended up.
#[derive(Debug)]
pub(crate) struct Page {
    /// The address, from its path on.
    pub(crate) path: String,
    /// The status.
    pub(crate) status: u16,
    /// The page.
    pub(crate) text: String,
}

impl Browser {
    /// Asks for one address and goes nowhere else.
    pub(crate) async fn get(&mut self, url: &str) -> Response {
        let (site, path) = split(url);
        self.send(site, Request::get(path)).await
    }

    /// Goes to an address and on, wherever it leads, by redirect or by a page that leaves by itself.
    pub(crate) async fn go(&mut self, url: &str) -> Page {
        let mut url = url.to_owned();
        for _ in 0..15 {
            let (site, path) = split(&url);
            let path = path.to_owned();
            let answer = self.send(site, Request::get(&path)).await;
            match leads_to(&answer) {
                Some(next) if next.starts_with('/') => url = format!("http://{site}{next}"),
                Some(next) => url = next,
                None => return Page { path, status: answer.status, text: answer.text() },
            }
        }
        panic!("sent round and round: {url}");
    }

    /// Sends a form as a page of that site would, and says what came.
    pub(crate) async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Response {
        let (site, path) = split(url);
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = Request::new("POST", path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &format!("http://{site}"))
            .header("sec-fetch-site", "same-origin")
            .body(body.join("&"));
        self.send(site, request).await
    }

    /// Whether it holds a cookie of that name.
    pub(crate) fn holds(&self, site: SocketAddr, name: &str) -> bool {
        self.jar.contains_key(&(site, name.to_owned()))
    }

    /// The value of a cookie.
    pub(crate) fn value(&self, site: SocketAddr, name: &str) -> Option<String> {
        self.jar.get(&(site, name.to_owned())).cloned()
    }

    /// Forgets who it is to a site.
    pub(crate) fn forget(&mut self, site: SocketAddr) {
        self.jar.retain(|(of, _), _| *of != site);
    }

    async fn send(&mut self, site: SocketAddr, request: Request) -> Response {
        let cookies: Vec<String> = self
            .jar
            .iter()
            .filter(|((of, _), _)| *of == site)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        let request = request.header("accept", "text/html").header("cookie", &cookies.join("; "));
        let answer = request.send(site).await;
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            if value.is_empty() {
                self.jar.remove(&(site, name.to_owned()));
            } else {
                self.jar.insert((site, name.to_owned()), value.to_owned());
            }
        }
        answer
    }
}

/// Where an answer leads: by its header, or by the page that a browser leaves by.
fn leads_to(answer: &Response) -> Option<String> {
    if (300..400).contains(&answer.status) {
        return answer.header("location").map(str::to_owned);
    }
    let text = answer.text();
    let (_, rest) = text.split_once("http-equiv=\"refresh\" content=\"0; url=")?;
    let url = rest.split('"').next()?;
    Some(url.replace("&#38;", "&").replace("&amp;", "&"))
}

fn split(url: &str) -> (SocketAddr, &str) {
    let rest = url.strip_prefix("http://").expect("an address on loopback");
    let (site, _) = rest.split_once('/').unwrap_or((rest, ""));
    (site.parse().expect("an address on loopback"), &rest[site.len()..])
}

/// A text as a form or a query sends it.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}
