use std::collections::BTreeSet;

use decision::{Action, On};
use model::{ClientAuthentication, Connection, ConnectionId, FactKind, OrganizationId, UserId};

use super::{ConnectionPatch, Updated, enforce, locked_out, update};
use crate::{App, Changed, Error, Reading, Request};

impl App {
    /// The active members who could not sign in any more if a connection were demanded.
    pub async fn locked_out(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        id: ConnectionId,
    ) -> Result<Vec<UserId>, Error> {
        reading.check(Action::ConnectionRead, On::Connection(id))?;
        reading.facts.connection(id).ok_or(Error::NotFound(FactKind::Connection))?;
        let came_in = self.store.identities_through(organization, id).await?;
        let came_in: BTreeSet<UserId> = came_in.into_iter().map(|identity| identity.user).collect();
        let break_glass = self.store.break_glass_of(organization).await?;
        Ok(locked_out(&reading.facts, &came_in, &break_glass))
    }

    /// From now on the organization honours no sign-in but this connection and break-glass.
    pub async fn enforce_connection(
        &self,
        request: Request,
        id: ConnectionId,
        reason: &str,
    ) -> Result<Changed<Connection>, Error> {
        self.change(request, |planning| enforce(planning, id, reason)).await
    }

    /// Takes a new secret of the client into use, or proposes it. Who asks has to be one who may before it is kept.
    pub async fn set_client_secret(
        &self,
        request: Request,
        id: ConnectionId,
        secret: &str,
    ) -> Result<Changed<Updated>, Error> {
        self.take_client_secret(request, id, secret, false).await
    }

    /// The same for a secret or a key of ours: neither takes the place of the other, since one is shown to the provider.
    pub(crate) async fn take_client_secret(
        &self,
        request: Request,
        id: ConnectionId,
        secret: &str,
        is_key: bool,
    ) -> Result<Changed<Updated>, Error> {
        let organization = request.organization;
        let reading = self.read(request.caller, organization).await?;
        self.require(&reading, Action::ConnectionUpdate, On::Connection(id)).await?;
        let connection = reading.facts.connection(id).ok_or(Error::NotFound(FactKind::Connection))?;
        if is_key != (connection.terms.client.authentication == ClientAuthentication::PrivateKeyJwt) {
            let detail =
                "whether the client has a secret or a key of ours is one of its terms; change those first";
            return Err(Error::Conflict { code: "state", detail: detail.to_owned() });
        }
        let kept = self.keep_client_secret(organization, id, secret).await?;
        let wanted = ConnectionPatch { secret: Some(kept), ..ConnectionPatch::default() };
        let changed = self.change(request, |planning| update(planning, id, wanted)).await?;
        if !changed.value.waits {
            self.store.forget_client_secrets(organization, id, Some(kept)).await?;
        }
        Ok(changed)
    }
}
