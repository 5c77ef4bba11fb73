use model::{KeyId, OrganizationId};
use store::{GatewayUsage, KeyUsage};

use crate::{App, Error};

impl App {
    /// When the keys of an organization were last used, to the minute.
    pub async fn key_usage(&self, organization: OrganizationId) -> Result<Vec<KeyUsage>, Error> {
        Ok(self.store.key_usage(organization).await?)
    }

    /// When some keys were last used, to the minute.
    pub async fn key_usage_of(
        &self,
        organization: OrganizationId,
        keys: &[KeyId],
    ) -> Result<Vec<KeyUsage>, Error> {
        Ok(self.store.key_usage_of(organization, keys).await?)
    }

    /// When the gateways of an organization last asked.
    pub async fn gateway_usage(&self, organization: OrganizationId) -> Result<Vec<GatewayUsage>, Error> {
        Ok(self.store.gateway_usage(organization).await?)
    }
}
