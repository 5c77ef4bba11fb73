//! A connection URL that does not show its password by accident.

use std::fmt;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// Stands where a secret was.
const MASK: &str = "****";

/// A URL that may hold a password. `Debug` and `Display` mask it; [`ConnectionUrl::expose`] does not.
#[derive(Clone)]
pub struct ConnectionUrl(SecretString);

impl ConnectionUrl {
    /// Takes a URL that the caller has checked.
    pub(crate) fn new(text: &str) -> Self {
        Self(SecretString::from(text))
    }

    /// The URL of a SQLite file, created where it is missing.
    pub fn sqlite(path: &Path) -> Self {
        Self::new(&format!("sqlite://{}?mode=rwc", path.display()))
    }

    /// The user that it names, where it is a URL with one.
    pub fn user(&self) -> Option<String> {
        let url = Url::parse(self.expose()).ok()?;
        Some(url.username().to_owned()).filter(|user| !user.is_empty())
    }

    /// The URL with its password, for the driver that connects. Must not be logged.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Display for ConnectionUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mask(self.expose()))
    }
}

impl fmt::Debug for ConnectionUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConnectionUrl({self})")
    }
}

impl PartialEq for ConnectionUrl {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for ConnectionUrl {}

/// The form of a URL that may be shown: without its password, also where it is given as a query parameter.
/// Of a text that is not a URL nothing is shown, since the secret could be anywhere in it; SQLite's paths hold
/// none and need not parse.
pub(crate) fn mask(text: &str) -> String {
    if text.is_empty() || text.starts_with("sqlite:") {
        return text.to_owned();
    }
    let Ok(mut url) = Url::parse(text) else { return format!("{MASK} (not a URL)") };
    // An `@` behind the host is the rest of a password with an unescaped `/`, `?` or `#` in it.
    let stray =
        [Some(url.path()), url.query(), url.fragment()].into_iter().flatten().any(|part| part.contains('@'));
    if url.cannot_be_a_base() || stray {
        return format!("{}:{MASK}", url.scheme());
    }
    if url.password().is_some() && url.set_password(Some(MASK)).is_err() {
        return format!("{}:{MASK}", url.scheme());
    }
    if let Some(query) = url.query() {
        let query: Vec<String> = query.split('&').map(mask_parameter).collect();
        url.set_query(Some(&query.join("&")));
    }
    url.to_string()
}

fn mask_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if name.to_ascii_lowercase().contains("pass") => format!("{name}={MASK}"),
        _ => parameter.to_owned(),
    }
}
