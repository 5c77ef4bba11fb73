use model::{Connection, ConnectionId};

use super::{disable, remove};
use crate::{App, Changed, Error, Request};

impl App {
    /// Closes a way in, and ends the sessions that came in by it.
    ///
    /// In this order: a session that begins in between is one of a connection that is closed, and finds no door.
    pub async fn disable_connection(
        &self,
        request: Request,
        id: ConnectionId,
        reason: &str,
    ) -> Result<Changed<Connection>, Error> {
        let changed = self.change(request, |planning| disable(planning, id, reason)).await?;
        self.store.end_all_sessions_through(id).await?;
        Ok(changed)
    }

    /// Forgets a way in, with its secrets and with who came in by it.
    pub async fn remove_connection(&self, request: Request, id: ConnectionId) -> Result<Changed<()>, Error> {
        let organization = request.organization;
        let changed = self.change(request, |planning| remove(planning, id)).await?;
        self.store.end_all_sessions_through(id).await?;
        self.store.forget_identities(organization, id).await?;
        self.store.forget_client_secrets(organization, id, None).await?;
        Ok(changed)
    }
}
