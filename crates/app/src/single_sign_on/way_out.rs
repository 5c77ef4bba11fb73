use ::keys::Slip;
use model::{ConnectionId, ConnectionKind};

use super::asked::asked;
use crate::{App, Error};

impl App {
    /// Where providers send people who signed out there, as it has to be registered at each.
    pub fn signed_out_page(&self) -> String {
        format!("{}/sign-in", self.public_url)
    }

    /// Where somebody signs out at the provider of a connection too (OpenID Connect RP-Initiated Logout 1.0). None: it
    /// offers no such thing.
    ///
    /// With what it said of them last, where a slip leads to that; without, a provider asks the person whether they mean
    /// it.
    pub async fn way_out(&self, id: ConnectionId, slip: Option<&Slip>) -> Result<Option<String>, Error> {
        let (organization, connection) = self.way_in(id).await?;
        // A draft's provider is whoever somebody typed: nobody is sent there in our name.
        if connection.terms.kind != ConnectionKind::Oidc || !connection.lets_in() {
            return Ok(None);
        }
        let (tenant, redirect) = (organization.to_string(), self.redirect_of(connection.id));
        let asked = asked(&tenant, connection.id, &connection.terms, None, &redirect);
        let metadata = self.signin.discover(&asked, self.engine.world().now()).await?;
        let hint = match slip {
            Some(slip) => self.take_hint(organization, slip).await?,
            None => None,
        };
        Ok(asked.ending(&metadata, hint.as_deref().map(String::as_str), &self.signed_out_page()))
    }
}
