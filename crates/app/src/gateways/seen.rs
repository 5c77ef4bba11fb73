use std::collections::BTreeMap;

use chrono::TimeDelta;
use decision::{Action, On};
use model::{Gateway, GatewayId, OrganizationId, Timestamp};
use store::GatewayUsage;

use crate::{App, Error, Reading};

/// When the gateways of an organization were last heard of. Gathered by the nodes and written about once a minute, so
/// it may be that much behind.
#[derive(Debug, Default)]
pub struct Seen(BTreeMap<GatewayId, GatewayUsage>);

impl Seen {
    /// How a gateway asked; none if it never did.
    pub fn of(&self, gateway: GatewayId) -> Option<&GatewayUsage> {
        self.0.get(&gateway)
    }
}

impl App {
    /// When the gateways of an organization were last heard of.
    pub async fn gateways_seen(&self, organization: OrganizationId) -> Result<Seen, Error> {
        let usage = self.store.gateway_usage(organization).await?;
        Ok(Seen(usage.into_iter().map(|usage| (usage.gateway, usage)).collect()))
    }

    /// How often each gateway asked in the last minute, among the newest records: of a busy organization a part.
    pub async fn gateways_minute(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<BTreeMap<GatewayId, u64>, Error> {
        reading.check(Action::GatewayRead, On::Organization)?;
        Ok(self.store.gateway_calls(organization, reading.now - TimeDelta::minutes(1)).await?)
    }
}

/// For how long a gateway has not asked, in whole seconds: since it last did, or since it was registered. A gateway
/// that is silent while its agents work may be one that fails open.
pub fn silent_for(gateway: &Gateway, usage: Option<&GatewayUsage>, now: Timestamp) -> u64 {
    let since = usage.map_or(gateway.created_at, |usage| usage.at);
    u64::try_from((now - since).num_seconds()).unwrap_or(0)
}
