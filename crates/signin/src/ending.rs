//! Signing out at the provider too (OpenID Connect RP-Initiated Logout 1.0).

use url::Url;

use crate::{Asked, Metadata};

/// Servers take a first line of 8 KiB. A longer token is left out, and the provider asks.
const LONGEST_HINT: usize = 4 << 10;

impl Asked<'_> {
    /// Where to send somebody to sign out at their provider, who sends them on to `after`. None: it offers no such thing.
    ///
    /// `token` is what it said last of them, where that was kept: with it, it need not ask who signs out.
    pub fn ending(&self, metadata: &Metadata, token: Option<&str>, after: &str) -> Option<String> {
        let mut url = Url::parse(metadata.end_session_endpoint.as_deref()?).ok()?;
        if url.scheme() != "https" && url.scheme() != "http" {
            return None;
        }
        let mut query = url.query_pairs_mut();
        query.append_pair("client_id", &self.terms.client.id).append_pair("post_logout_redirect_uri", after);
        if let Some(token) = token.filter(|token| token.len() <= LONGEST_HINT && self.made(token)) {
            query.append_pair("id_token_hint", token);
        }
        drop(query);
        Some(url.into())
    }
}
