//! A person at a browser that runs no script: it keeps cookies, follows redirects, and sends the forms of a page with
//! what the page put into them.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use testkit::http::{Request, Response};

/// Redirects that one click may lead through.
const HOPS: usize = 10;

/// Somebody at a browser.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

/// What they see.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The status of the last answer.
    pub(crate) status: u16,
    /// Where they are, after all redirects.
    pub(crate) path: String,
    /// What the page says.
    pub(crate) text: String,
    /// The last answer's headers.
    pub(crate) response: Response,
}

impl Visitor {
    /// Somebody who was never here.
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, cookies: BTreeMap::new() }
    }

    /// Opens an address.
    pub(crate) async fn open(&mut self, path: &str) -> Page {
        self.follow(Request::get(path), path.to_owned()).await
    }

    /// Sends the form of a page whose address begins so, with some of its fields filled in otherwise.
    #[track_caller]
    pub(crate) fn send<'a>(
        &'a mut self,
        page: &Page,
        action: &str,
        filled: &[(&str, &str)],
    ) -> impl Future<Output = Page> + 'a {
        let form = page.form(action);
        let fields = form.filled(filled);
        async move {
            if form.is_question {
                self.open(&form.action).await
            } else {
                self.post(form.action, fields).await
            }
        }
    }

    /// Sends fields to an address, as a form of one of our own pages would.
    pub(crate) async fn post(&mut self, action: String, fields: Vec<(String, String)>) -> Page {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let request = Request::new("POST", &action)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("referer", &format!("http://{}{action}", self.address))
            .body(body.join("&"));
        self.follow(request, action).await
    }

    /// Forgets who they were.
    pub(crate) fn sign_out(&mut self) {
        self.cookies.clear();
    }

    /// The header that says who they are, for what is no page.
    pub(crate) fn cookie(&self) -> String {
        let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        all.join("; ")
    }

    /// Takes on somebody else's cookies: the same person in a second tab, or signed in again.
    pub(crate) fn becomes(&mut self, other: &Self) {
        self.cookies.clone_from(&other.cookies);
    }

    async fn follow(&mut self, request: Request, path: String) -> Page {
        let mut at = path;
        let mut response = self.exchange(request).await;
        for _ in 0..HOPS {
            let to = response.header("location").filter(|_| response.status == 303).map(ToOwned::to_owned);
            let Some(to) = to else { break };
            response = self.exchange(Request::get(&to)).await;
            at = to;
        }
        Page { status: response.status, path: at, text: response.text(), response }
    }

    async fn exchange(&mut self, request: Request) -> Response {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header("accept", "text/html");
        let request =
            if cookies.is_empty() { request } else { request.header("cookie", &cookies.join("; ")) };
        let response = request.send(self.address).await;
        for (_, set) in response.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, rest)) = set.split_once('=') else { continue };
            let value = rest.split(';').next().unwrap_or_default();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }
}

impl Page {
    /// The same page, which has to say something.
    #[track_caller]
    pub(crate) fn says(self, what: &str) -> Self {
        assert!(self.has(what), "`{what}` is not on {} ({}):\n{}", self.path, self.status, self.text);
        self
    }

    /// The same page, which must not say something.
    #[track_caller]
    pub(crate) fn hides(self, what: &str) -> Self {
        assert!(!self.has(what), "`{what}` is on {} ({}):\n{}", self.path, self.status, self.text);
        self
    }

    /// The same page, with a status.
    #[track_caller]
    pub(crate) fn answers(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}:\n{}", self.path, self.text);
        self
    }

    /// Whether it says something, as a reader reads it.
    pub(crate) fn has(&self, what: &str) -> bool {
        self.text.contains(&html(what))
    }

    /// The form whose address begins so.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Form {
        let found = self.text.split("<form").skip(1).find_map(|rest| {
            let (head, rest) = rest.split_once('>')?;
            let to = attribute(head, "action")?;
            let inside = rest.split("</form>").next()?;
            to.starts_with(action).then(|| Form {
                is_question: head.contains(" method=\"get\""),
                action: to,
                fields: fields(inside),
            })
        });
        found.unwrap_or_else(|| panic!("no form to {action} on {}:\n{}", self.path, self.text))
    }

    /// The text between two marks.
    #[track_caller]
    pub(crate) fn between(&self, from: &str, to: &str) -> String {
        let rest = self
            .text
            .split_once(from)
            .unwrap_or_else(|| panic!("no `{from}` on {}:\n{}", self.path, self.text))
            .1;
        plain(rest.split(to).next().unwrap_or_default())
    }
}

/// A form, with what the page put into its fields.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Whether it only leads to an address, and changes nothing.
    pub(crate) is_question: bool,
    /// Where it is sent.
    pub(crate) action: String,
    /// Its fields, in order.
    pub(crate) fields: Vec<(String, String)>,
}

impl Form {
    /// Its fields, with some filled in otherwise; a name that is filled in several times is sent as often.
    pub(crate) fn filled(&self, filled: &[(&str, &str)]) -> Vec<(String, String)> {
        let untouched = self.fields.iter().filter(|(name, _)| filled.iter().all(|(other, _)| other != name));
        let filled = filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        untouched.cloned().chain(filled).collect()
    }
}

fn fields(inside: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for rest in inside.split('<').skip(1) {
        let head = rest.split('>').next().unwrap_or_default();
        let name = || attribute(head, "name");
        if rest.starts_with("input") {
            let kind = attribute(head, "type").unwrap_or_default();
            let is_off = matches!(kind.as_str(), "checkbox" | "radio") && !head.contains(" checked");
            if let (Some(name), false) = (name(), is_off) {
                found.push((name, attribute(head, "value").unwrap_or_else(|| "on".to_owned())));
            }
        } else if rest.starts_with("textarea") {
            let text = rest.split_once('>').map_or("", |(_, text)| text);
            found.extend(name().map(|name| (name, plain(text.strip_prefix('\n').unwrap_or(text)))));
        } else if rest.starts_with("select") {
            found.extend(name().map(|name| (name, String::new())));
        } else if rest.starts_with("option")
            && head.contains(" selected")
            && let (Some(last), Some(value)) = (found.last_mut(), attribute(head, "value"))
        {
            last.1 = value;
        }
    }
    found
}

fn attribute(head: &str, name: &str) -> Option<String> {
    let rest = head.split_once(&format!(" {name}=\""))?.1;
    rest.split('"').next().map(plain)
}

/// Text as a page writes it.
fn html(text: &str) -> String {
    let escapes = [('&', "&#38;"), ('<', "&#60;"), ('>', "&#62;"), ('"', "&#34;"), ('\'', "&#39;")];
    text.chars()
        .map(|c| {
            escapes
                .iter()
                .find(|(from, _)| *from == c)
                .map_or_else(|| c.to_string(), |(_, to)| (*to).to_owned())
        })
        .collect()
}

/// Text as a reader reads it.
fn plain(text: &str) -> String {
    let escapes =
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&"), ("&amp;", "&")];
    escapes.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
