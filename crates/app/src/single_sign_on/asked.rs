use model::{ConnectionId, Terms};
use signin::Asked;

use crate::App;

impl App {
    /// Where a connection's provider sends people back: nobody else's (security.md S3).
    pub fn redirect_of(&self, connection: ConnectionId) -> String {
        format!("{}/sso/cb/{connection}", self.public_url)
    }

    /// Where a connection's provider says that somebody signed out there.
    pub fn logout_of(&self, connection: ConnectionId) -> String {
        format!("{}/sso/logout/{connection}", self.public_url)
    }
}

/// A connection as its provider is asked.
pub(super) fn asked<'a>(
    tenant: &'a str,
    connection: ConnectionId,
    terms: &'a Terms,
    secret: Option<&'a str>,
    redirect: &'a str,
) -> Asked<'a> {
    Asked { tenant, connection, terms, secret, redirect }
}
