use model::ConnectionId;

use super::asked::asked;
use crate::{App, Error};

impl App {
    /// A connection's provider says that somebody signed out there: the sessions that it knows end here too. Returns how
    /// many. A token counts once.
    pub async fn signed_out_there(&self, connection: ConnectionId, token: &str) -> Result<u64, Error> {
        let now = self.engine.world().now();
        let (organization, connection) = self.way_in(connection).await?;
        let (tenant, redirect) = (organization.to_string(), self.redirect_of(connection.id));
        let asked = asked(&tenant, connection.id, &connection.terms, None, &redirect);
        let out = self.signin.logged_out(&asked, token, now).await?;
        if !self.store.see_token(organization, connection.id, &out.name, out.remembered_until, now).await? {
            let detail = "this logout token was used before";
            return Err(Error::Conflict { code: "used", detail: detail.to_owned() });
        }
        // With a session named, that one; without, all that the person has by this connection.
        if let Some(session) = &out.session {
            return Ok(self.store.end_provider_session(connection.id, session).await?);
        }
        let subject = out.subject.as_deref().unwrap_or_default();
        let issuer = &connection.terms.issuer;
        match self.store.identity(organization, connection.id, issuer, subject).await? {
            Some(identity) => Ok(self.store.end_sessions_through(identity.user, connection.id).await?),
            None => Ok(0),
        }
    }
}
