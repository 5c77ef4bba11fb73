use std::collections::BTreeMap;

use model::{AgentId, Holder, KeyId, OrganizationId, Timestamp};
use store::{GatewayUsage, KeyUsage};

use crate::{App, Error, Reading};

impl App {
    /// When the keys of an organization were last used, to the minute.
    pub async fn key_usage(&self, organization: OrganizationId) -> Result<Vec<KeyUsage>, Error> {
        Ok(self.store.key_usage(organization).await?)
    }

    /// When each agent was last seen by any of its keys, to the minute; whoever never was is left out.
    pub async fn agents_seen(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<BTreeMap<AgentId, Timestamp>, Error> {
        let mut seen = BTreeMap::new();
        for (key, at) in self.store.last_uses(organization).await? {
            let holder = reading.facts.key(key).map(|key| key.holder);
            if let Some(Holder::Agent(agent)) = holder {
                seen.entry(agent).and_modify(|last: &mut Timestamp| *last = at.max(*last)).or_insert(at);
            }
        }
        Ok(seen)
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
