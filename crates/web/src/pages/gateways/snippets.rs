//! How each kind of gateway is connected: the configurations of `deploy/`, which tests run, with what is known filled in,
//! and programs that ask by themselves.

use url::Url;

/// What stands for a gateway's key: it is shown once, on a page of its own.
pub(super) const KEY: &str = "ans_gk_…";

const NGINX: &str = include_str!("../../../../../deploy/nginx/answerable.conf");
const CADDY: &str = include_str!("../../../../../deploy/caddy/Caddyfile");
const ENVOY: &str = include_str!("../../../../../deploy/envoy/envoy.yaml");
const CURL: &str = include_str!("../../../../../deploy/clients/check.sh");
const PYTHON: &str = include_str!("../../../../../deploy/clients/check.py");
const TYPESCRIPT: &str = include_str!("../../../../../deploy/clients/check.ts");
const HTTP: &str = include_str!("../../../../../deploy/clients/forward-auth.sh");

/// Where a gateway asks, and about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    url: String,
    host: String,
    port: u16,
    server: String,
    /// Whether it is reached through TLS.
    pub(super) is_tls: bool,
}

impl Target {
    /// This installation, and a server.
    pub(super) fn of(public_url: &str, server: &str) -> Self {
        let url = Url::parse(public_url).ok();
        let host = url.as_ref().and_then(|url| url.host_str()).unwrap_or("127.0.0.1").to_owned();
        let port = url.as_ref().and_then(Url::port_or_known_default).unwrap_or(8400);
        let is_tls = url.is_some_and(|url| url.scheme() == "https");
        Self { url: public_url.to_owned(), host, port, server: server.to_owned(), is_tls }
    }

    fn fill(&self, example: &str) -> String {
        let mut text = example.to_owned();
        let values = [
            ("ANSWERABLE_URL", self.url.clone()),
            ("ANSWERABLE_HOST", self.host.clone()),
            ("ANSWERABLE_PORT", self.port.to_string()),
            ("ANSWERABLE_SERVER", self.server.clone()),
            ("ANSWERABLE_GATEWAY_KEY", KEY.to_owned()),
            ("LISTEN_HOST", "0.0.0.0".to_owned()),
            ("LISTEN_PORT", "8080".to_owned()),
            ("MCP_HOST", "127.0.0.1".to_owned()),
            ("MCP_PORT", "9000".to_owned()),
        ];
        for (name, value) in values {
            // Caddy's braces stand for its environment; what is filled in needs none.
            text = text.replace(&format!("${{{name}}}"), &value).replace(&format!("{{${name}}}"), &value);
        }
        text
    }
}

/// A configuration or a program, ready to be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Snippet<T> {
    /// Its place on the page.
    pub(super) id: &'static str,
    /// What it is for.
    pub(super) name: &'static str,
    /// What to do with it.
    pub(super) what: &'static str,
    /// What it sees of a call.
    pub(super) sees: &'static str,
    /// What it does when no decision can be had, and what would change that.
    pub(super) fails: &'static str,
    /// Whether it could be set to let pass what is not decided.
    pub(super) can_fail_open: bool,
    /// The text.
    pub(super) text: T,
}

/// Each of them, as it stands in `deploy/`.
static EXAMPLES: [Snippet<&str>; 7] = [
    Snippet {
        id: "envoy",
        name: "Envoy",
        what: "Start Envoy with it. Agents connect on port 8080; put your MCP server's address in place of 127.0.0.1:9000.",
        sees: "Headers and body: arguments of tools too. The best choice where grants limit arguments.",
        fails: "It refuses with 503. Keep failure_mode_allow false: set to true, Envoy lets every call pass while Answerable is away, and only a header says so.",
        can_fail_open: true,
        text: ENVOY,
    },
    Snippet {
        id: "nginx",
        name: "nginx",
        what: "Copy it to /etc/nginx/conf.d/ and reload. Agents connect on port 8080; put your MCP server's address in place of 127.0.0.1:9000.",
        sees: "Headers: the tool's name with MCP 2026-07-28, no arguments. Grants with argument limits are refused.",
        fails: "It refuses with 503. auth_request has no setting that lets pass; do not add error_page lines that answer 200.",
        can_fail_open: false,
        text: NGINX,
    },
    Snippet {
        id: "caddy",
        name: "Caddy",
        what: "Save it as Caddyfile. Agents connect on port 8080; put your domain there and Caddy obtains the certificate.",
        sees: "Headers: the tool's name with MCP 2026-07-28, no arguments. Grants with argument limits are refused.",
        fails: "It refuses. forward_auth has no setting that lets pass.",
        can_fail_open: false,
        text: CADDY,
    },
    Snippet {
        id: "http",
        name: "MCP gateway or any proxy, by plain HTTP",
        what: "Any gateway that can ask by HTTP before it passes a request on: Traefik ForwardAuth, APISIX forward-auth and their like. This is the question it has to send.",
        sees: "What it forwards: method and body, or the headers Mcp-Method and Mcp-Name.",
        fails: "Only 200 means allowed. Every other answer, and none, has to be a refusal: look in your gateway's settings for a mode that degrades, skips or allows on error, and keep it off.",
        can_fail_open: true,
        text: HTTP,
    },
    Snippet {
        id: "curl",
        name: "curl",
        what: "For trying it out: one question, with the path of the answer. An agent's key goes in place of ans_ak_….",
        sees: "Everything that you put into it.",
        fails: "Nothing passes through it.",
        can_fail_open: false,
        text: CURL,
    },
    Snippet {
        id: "python",
        name: "Python",
        what: "For a server of your own: ask before each call. It needs nothing but the standard library.",
        sees: "Everything that you put into it, arguments too.",
        fails: "An exception is a refusal: never catch it and go on.",
        can_fail_open: true,
        text: PYTHON,
    },
    Snippet {
        id: "typescript",
        name: "TypeScript",
        what: "For a server of your own: ask before each call. It runs as it is on Node 22 and later, Deno and Bun.",
        sees: "Everything that you put into it, arguments too.",
        fails: "An exception is a refusal: never catch it and go on.",
        can_fail_open: true,
        text: TYPESCRIPT,
    },
];

/// Each of them, filled in.
pub(super) fn snippets(target: &Target) -> Vec<Snippet<String>> {
    let filled = |example: &Snippet<&str>| {
        let Snippet { id, name, what, sees, fails, text, can_fail_open } = *example;
        Snippet { id, name, what, sees, fails, can_fail_open, text: target.fill(text) }
    };
    EXAMPLES.iter().map(filled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_be_filled_in_but_the_key() {
        let target = Target::of("https://answerable.northwind.example", "billing");
        assert_eq!(
            (target.host.as_str(), target.port, target.is_tls),
            ("answerable.northwind.example", 443, true)
        );
        for snippet in snippets(&target) {
            assert!(snippet.text.contains(KEY), "{}", snippet.name);
            assert!(snippet.text.contains("billing"), "{}", snippet.name);
            for left in ["${ANSWERABLE", "{$ANSWERABLE", "${MCP", "{$MCP", "${LISTEN", "{$LISTEN"] {
                assert!(!snippet.text.contains(left), "{}: {left}", snippet.name);
            }
        }
    }
}
