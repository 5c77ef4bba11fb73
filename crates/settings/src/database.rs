//! `[database]`: where organizations, keys and evidence are kept.

use url::Url;

use crate::connection_url::{self, ConnectionUrl};
use crate::reader::Reader;

/// A file beside the program, made at the first start: trying the program out needs no database server.
const DEFAULT_URL: &str = "sqlite://data/answerable.sqlite?mode=rwc";

const URL_EXPECTED: &str = "`sqlite://<path>`, optionally with `?mode=rw` or `?mode=rwc`, or `postgres://<user>:<password>@<host>/<database>`";

/// Settings of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// `ANSWERABLE_DATABASE__URL`, default `sqlite://data/answerable.sqlite?mode=rwc` (a file, so that a first
    /// start needs nothing else). `sqlite://…` or `postgres://…` (`postgresql://…` is the same). A database in
    /// memory is refused: evidence that is gone at the next start is none.
    pub url: ConnectionUrl,
    /// `ANSWERABLE_DATABASE__MAX_CONNECTIONS`, connections, default 16, from 1 to 500. Sixteen keep a few cores
    /// busy and leave room for several nodes below PostgreSQL's own default of 100.
    pub max_connections: u32,
    /// `ANSWERABLE_DATABASE__OWNER_URL`, default empty: `postgres://…` as the role that owns the tables. Only
    /// `migrate` uses it; the program itself serves as the role of `url`, which owns nothing and cannot get around
    /// row-level security.
    pub owner_url: Option<ConnectionUrl>,
}

/// Which database a URL speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A file on this machine, for one node.
    Sqlite,
    /// A server, for one node or many.
    Postgres,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: ConnectionUrl::new(DEFAULT_URL), max_connections: 16, owner_url: None }
    }
}

impl Database {
    /// Which database the URL speaks to.
    pub fn kind(&self) -> DatabaseKind {
        if self.url.expose().starts_with("sqlite:") { DatabaseKind::Sqlite } else { DatabaseKind::Postgres }
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let default = Self::default();
        Self {
            url: reader.read_masked(
                ("database", "url"),
                default.url,
                URL_EXPECTED,
                parse_url,
                connection_url::mask,
            ),
            max_connections: reader.number(
                ("database", "max_connections"),
                default.max_connections,
                1..=500,
                "connections",
            ),
            owner_url: reader.read_masked(
                ("database", "owner_url"),
                default.owner_url,
                "`postgres://<user>:<password>@<host>/<database>`",
                |text| match text {
                    "" => Some(None),
                    _ => is_postgres(text).then(|| Some(ConnectionUrl::new(text))),
                },
                connection_url::mask,
            ),
        }
    }
}

fn parse_url(text: &str) -> Option<ConnectionUrl> {
    let right = match text.strip_prefix("sqlite://") {
        Some(rest) => is_sqlite_file(rest),
        None => is_postgres(text),
    };
    right.then(|| ConnectionUrl::new(text))
}

/// SQLite's form is a path and not a URL with a host, so it is looked at by hand.
fn is_sqlite_file(rest: &str) -> bool {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mode = query.split('&').find_map(|parameter| parameter.strip_prefix("mode="));
    !path.is_empty() && !path.contains(":memory:") && matches!(mode, None | Some("rw" | "rwc"))
}

/// The host may also be given as `?host=`, which is how a Unix socket is named.
fn is_postgres(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let has_host = url.host_str().is_some_and(|host| !host.is_empty())
        || url.query_pairs().any(|(name, value)| name == "host" && !value.is_empty());
    matches!(url.scheme(), "postgres" | "postgresql") && has_host
}
