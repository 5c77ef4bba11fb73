//! How long the gateways of an organization have been silent.

use model::{GatewayId, OrganizationId, Timestamp};
use sea_orm::{QueryResult, Value};

use crate::{Store, StoreError, text};

/// When a gateway that may ask last did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewaySilence {
    /// Which gateway.
    pub gateway: GatewayId,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When it last asked. None: it never did.
    pub last_seen_at: Option<Timestamp>,
}

/// Only active ones: nobody waits for a question of a gateway, or of an organization, that is held or has ended.
const ACTIVE: &str = "select g.id, g.created_at, u.last_seen_at \
    from (select * from gateways where organization_id = $1 and state = 'active') g \
    join organizations o on o.organization_id = g.organization_id and o.state = 'active' \
    left join gateway_usage u on u.organization_id = g.organization_id and u.gateway_id = g.id \
    order by g.id";

impl Store {
    /// When each active gateway of an organization last asked, if the organization is active itself. Read from the
    /// tables and not from facts that are held: a gateway that is silent makes no node hold any.
    pub async fn gateway_silences(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<GatewaySilence>, StoreError> {
        let rows = self.find_rows(organization, ACTIVE, [Value::from(organization.uuid())]).await?;
        rows.iter().map(silence).collect()
    }
}

fn silence(row: &QueryResult) -> Result<GatewaySilence, StoreError> {
    let last_seen_at: Option<i64> = row.try_get("", "last_seen_at")?;
    Ok(GatewaySilence {
        gateway: GatewayId::from_uuid(row.try_get("", "id")?),
        registered_at: text::moment(row.try_get("", "created_at")?)?,
        last_seen_at: last_seen_at.map(text::moment).transpose()?,
    })
}
