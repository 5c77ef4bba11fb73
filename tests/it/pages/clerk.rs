//! Somebody who is signed in and sends forms straight to addresses of the organization: also forms that no page of
//! theirs would offer, as a stranger with a tool would.

use testkit::http::{Request, Response};
use testkit::process::run;

use crate::world::{World, text, with};

/// Somebody who is signed in.
#[derive(Debug)]
pub(crate) struct Clerk<'w> {
    world: &'w World,
    cookie: String,
    csrf: String,
}

impl<'w> Clerk<'w> {
    /// A person of the world's organization, signed in by a link of the operator's.
    pub(crate) async fn of(world: &'w World, user: &str) -> Self {
        let command = ["admin", "sign-in-link", "--org", &world.organization, "--user", user];
        let printed = run(with(&world.database).args(command));
        let link = printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SIGN_IN_LINK="));
        let link = link.unwrap_or_else(|| panic!("no link in {printed}"));
        let (_, secret) = link.split_once("/sign-in/link/").expect("a link");
        let answer = form(world, &format!("/sign-in/link/{secret}"), "next=").send(world.address).await;
        let cookie =
            answer.headers.iter().find(|(name, value)| name == "set-cookie" && !value.contains("flash"));
        let cookie = cookie.and_then(|(_, value)| value.split(';').next());
        let cookie =
            cookie.unwrap_or_else(|| panic!("not signed in: {} {}", answer.status, answer.text())).to_owned();
        let mut clerk = Self { world, cookie, csrf: String::new() };
        clerk.csrf = hidden(&clerk.page("workspaces").await, "csrf").expect("a form on every page");
        clerk
    }

    /// What proves who they are: the cookie, and the hidden field of every form.
    pub(crate) fn proof(&self) -> (String, String) {
        (self.cookie.clone(), self.csrf.clone())
    }

    /// The organization's first owner, signed in.
    pub(crate) async fn admin(world: &'w World) -> Self {
        let owners = world.list("members?role=owner").await;
        Self::of(world, &text(&owners[0], "id")).await
    }

    /// Whatever comes for a page of the organization: `people`, `workspaces/finance`.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(Request::get(&self.path(path))).await
    }

    /// A page that has to be there.
    pub(crate) async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// Sends a form to a page of the organization.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let csrf = ("csrf", self.csrf.as_str());
        let fields = std::iter::once(&csrf).chain(fields);
        let fields: Vec<String> =
            fields.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.send(form(self.world, &self.path(path), &fields.join("&"))).await
    }

    /// The page that a form led to, with what it left to say.
    pub(crate) async fn follow(&self, answer: &Response) -> String {
        assert_eq!(answer.status, 303, "{}", answer.text());
        let to = answer.header("location").expect("where it leads");
        let flash =
            answer.headers.iter().find(|(name, value)| name == "set-cookie" && value.contains("flash"));
        let flash = flash.and_then(|(_, value)| value.split(';').next()).unwrap_or_default();
        let request = Request::get(to).header("accept", "text/html");
        let request = request.header("cookie", &format!("{}; {flash}", self.cookie));
        let page = request.send(self.world.address).await;
        assert_eq!(page.status, 200, "{to}: {}", page.text());
        page.text()
    }

    async fn send(&self, request: Request) -> Response {
        let request = request.header("accept", "text/html").header("cookie", &self.cookie);
        request.send(self.world.address).await
    }

    fn path(&self, path: &str) -> String {
        // The overview has no path of its own.
        let slash = if path.is_empty() || path.starts_with('?') { "" } else { "/" };
        format!("/o/{}{slash}{path}", self.world.organization)
    }
}

/// A form as a browser on a page of ours sends it.
fn form(world: &World, path: &str, fields: &str) -> Request {
    Request::new("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", &format!("http://{}", world.address))
        .header("sec-fetch-site", "same-origin")
        .body(fields)
}

/// The value of a page's first hidden field of that name.
pub(crate) fn hidden(page: &str, name: &str) -> Option<String> {
    let start = format!("type=\"hidden\" name=\"{name}\" value=\"");
    let rest = page.split_once(&start)?.1;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// A text as a form sends it.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}
