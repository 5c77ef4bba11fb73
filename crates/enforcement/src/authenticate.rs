use std::net::IpAddr;
use std::sync::Arc;

use decision::{Caller, Means};
use keys::Presented;
use model::{GatewayId, Holder, Key, KeyId, OrganizationId, PrincipalId, Snapshot};

use crate::{Engine, Missing};

/// A gateway that proved itself with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayCaller {
    /// The organization it belongs to: the tenant of every question it asks.
    pub organization: OrganizationId,
    /// Which.
    pub gateway: GatewayId,
    /// The key it used.
    pub key: KeyId,
}

/// Why a caller is not known.
#[derive(Debug, thiserror::Error)]
pub enum Unauthenticated {
    /// No key, a malformed one, one of another kind, an unknown one, an ended one: the caller learns no difference.
    #[error("the key is missing or not valid")]
    Refused,
    /// The facts cannot be read.
    #[error(transparent)]
    Missing(#[from] Missing),
}

impl Engine {
    /// Who the holder of this gateway key is, asking from that address.
    pub async fn gateway(
        &self,
        token: &str,
        address: Option<IpAddr>,
    ) -> Result<GatewayCaller, Unauthenticated> {
        let (snapshot, key) = self.proven(token).await?;
        let organization = snapshot.organization().ok_or(Unauthenticated::Refused)?.id;
        match key.holder {
            Holder::Gateway(gateway)
                if key.counts_at(self.world().now()) && key.limits.allows_address(address) =>
            {
                Ok(GatewayCaller { organization, gateway, key: key.id })
            }
            _ => Err(Unauthenticated::Refused),
        }
    }

    /// Who the holder of this key is to the management API, and in which organization.
    ///
    /// A management key acts for the person who made it. Any other key is somebody too, whom the decision refuses:
    /// managing is for people.
    pub async fn caller(
        &self,
        token: &str,
        address: Option<IpAddr>,
    ) -> Result<(OrganizationId, Caller), Unauthenticated> {
        let (snapshot, key) = self.proven(token).await?;
        let organization = snapshot.organization().ok_or(Unauthenticated::Refused)?.id;
        if !key.counts_at(self.world().now()) || !key.limits.allows_address(address) {
            return Err(Unauthenticated::Refused);
        }
        let (principal, means) = match key.holder {
            Holder::User(user) => (Some(PrincipalId::User(user)), Means::ManagementKey(key.id)),
            Holder::Agent(agent) => (Some(PrincipalId::Agent(agent)), Means::OtherCredential),
            Holder::Robot(robot) => (Some(PrincipalId::Robot(robot)), Means::OtherCredential),
            Holder::Gateway(_) | Holder::Directory(_) => (None, Means::OtherCredential),
        };
        Ok((organization, Caller { principal, means }))
    }

    /// The organization whose directory the holder of this key is, and the caller that it is to a decision.
    pub async fn directory_caller(
        &self,
        token: &str,
        address: Option<IpAddr>,
    ) -> Result<(OrganizationId, Caller), Unauthenticated> {
        let (snapshot, key) = self.proven(token).await?;
        let organization = snapshot.organization().ok_or(Unauthenticated::Refused)?.id;
        match key.holder {
            Holder::Directory(of)
                if of == organization
                    && key.counts_at(self.world().now())
                    && key.limits.allows_address(address) =>
            {
                Ok((organization, Caller { principal: None, means: Means::Directory(key.id) }))
            }
            _ => Err(Unauthenticated::Refused),
        }
    }

    /// The key that a token proves, and the facts it is found in. A token with a wrong checksum costs nothing.
    async fn proven(&self, token: &str) -> Result<(Arc<Snapshot>, Arc<Key>), Unauthenticated> {
        let presented = Presented::parse(token).map_err(|_| Unauthenticated::Refused)?;
        self.find_key(&presented, None).await?.ok_or(Unauthenticated::Refused)
    }

    /// The key that was presented, verified against its hash, and the facts of its organization.
    pub(crate) async fn find_key(
        &self,
        presented: &Presented,
        nearby: Option<&Arc<Snapshot>>,
    ) -> Result<Option<(Arc<Snapshot>, Arc<Key>)>, Missing> {
        if let Some((near, key)) = nearby.and_then(|near| Some((near, near.key(presented.id())?))) {
            return Ok(presented.proves(key).then(|| (Arc::clone(near), Arc::clone(key))));
        }
        let organization = self.directory().organization_of(presented.id(), self.replica()).await?;
        let Some(organization) = organization else { return Ok(None) };
        let snapshot = match nearby {
            Some(near) if near.organization().is_some_and(|o| o.id == organization) => Arc::clone(near),
            _ => self.replica().hold(organization).await?,
        };
        let key = snapshot.key(presented.id()).filter(|key| presented.proves(key)).cloned();
        Ok(key.map(|key| (snapshot, key)))
    }
}
