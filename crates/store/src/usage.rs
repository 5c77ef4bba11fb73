//! When keys and gateways were last heard of, and how often: gathered by nodes, written now and then.

use std::net::IpAddr;

use model::{GatewayId, KeyId, OrganizationId, Timestamp};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// How a key was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUsage {
    /// Which key.
    pub key: KeyId,
    /// When last; whole minutes, so that it says little about a person's day.
    pub at: Timestamp,
    /// From where, that time.
    pub address: Option<IpAddr>,
    /// Through which gateway, that time.
    pub gateway: Option<GatewayId>,
    /// How many uses were allowed.
    pub allowed: u64,
    /// How many were denied.
    pub denied: u64,
}

/// How a gateway asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayUsage {
    /// Which gateway.
    pub gateway: GatewayId,
    /// When last.
    pub at: Timestamp,
    /// How many calls were allowed.
    pub allowed: u64,
    /// How many were denied.
    pub denied: u64,
}

/// Nodes report in any order: the later time wins, with what belongs to it, and counts add up.
const NOTE_KEY: &str = "insert into key_usage as u \
    (organization_id, key_id, last_used_at, last_address, last_gateway_id, allowed, denied) \
    values ($1, $2, $3, $4, $5, $6, $7) \
    on conflict (organization_id, key_id) do update set \
    last_address = case when excluded.last_used_at < u.last_used_at then u.last_address else excluded.last_address end, \
    last_gateway_id = case when excluded.last_used_at < u.last_used_at then u.last_gateway_id \
        else excluded.last_gateway_id end, \
    last_used_at = case when excluded.last_used_at < u.last_used_at then u.last_used_at else excluded.last_used_at end, \
    allowed = u.allowed + excluded.allowed, denied = u.denied + excluded.denied";

const NOTE_GATEWAY: &str = "insert into gateway_usage as u \
    (organization_id, gateway_id, last_seen_at, allowed, denied) values ($1, $2, $3, $4, $5) \
    on conflict (organization_id, gateway_id) do update set \
    last_seen_at = case when excluded.last_seen_at < u.last_seen_at then u.last_seen_at else excluded.last_seen_at end, \
    allowed = u.allowed + excluded.allowed, denied = u.denied + excluded.denied";

const KEYS: &str = "select key_id, last_used_at, last_address, last_gateway_id, allowed, denied \
    from key_usage where organization_id = $1 order by key_id";

/// One row for all of them: ten thousand rows take longer to hand over than to read.
const LAST_USES: &str = "select string_agg(key_id || ':' || last_used_at, ' ') as uses \
    from key_usage where organization_id = $1";

const KEYS_OF: &str = "select key_id, last_used_at, last_address, last_gateway_id, allowed, denied \
    from key_usage where organization_id = $1 and key_id in";

/// Keys that are asked about in one statement: more than a page shows, fewer than any database takes values.
const AT_ONCE: usize = 500;

const GATEWAYS: &str = "select gateway_id, last_seen_at, allowed, denied \
    from gateway_usage where organization_id = $1 order by gateway_id";

impl Store {
    /// Adds what was seen since the last note. Times only move forward, counts add up.
    pub async fn note_usage(
        &self,
        organization: OrganizationId,
        keys: &[KeyUsage],
        gateways: &[GatewayUsage],
    ) -> Result<(), StoreError> {
        let (transaction, _turn) = crate::writing::begin(self, Some(organization)).await?;
        let backend = transaction.get_database_backend();
        // In one order everywhere, so that two nodes cannot wait for each other.
        let mut keys: Vec<&KeyUsage> = keys.iter().collect();
        keys.sort_by_key(|usage| usage.key);
        let mut gateways: Vec<&GatewayUsage> = gateways.iter().collect();
        gateways.sort_by_key(|usage| usage.gateway);
        for usage in keys {
            let values = key_values(organization, usage);
            transaction.execute_raw(Statement::from_sql_and_values(backend, NOTE_KEY, values)).await?;
        }
        for usage in gateways {
            let values = gateway_values(organization, usage);
            transaction.execute_raw(Statement::from_sql_and_values(backend, NOTE_GATEWAY, values)).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// How the organization's keys were used; a key never used is left out.
    pub async fn key_usage(&self, organization: OrganizationId) -> Result<Vec<KeyUsage>, StoreError> {
        let rows = self.find_rows(organization, KEYS, [Value::from(organization.uuid())]).await?;
        rows.iter().map(key_usage).collect()
    }

    /// When each of the organization's keys was last used, and nothing else of it; a key never used is left out.
    pub async fn last_uses(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<(KeyId, Timestamp)>, StoreError> {
        let row = self.find_row(organization, LAST_USES, [Value::from(organization.uuid())]).await?;
        let uses: Option<String> = row.map(|row| row.try_get("", "uses")).transpose()?.flatten();
        uses.unwrap_or_default().split_whitespace().map(last_use).collect()
    }

    /// How some keys were used; one never used is left out. For a page of them: each is a look at one row.
    pub async fn key_usage_of(
        &self,
        organization: OrganizationId,
        keys: &[KeyId],
    ) -> Result<Vec<KeyUsage>, StoreError> {
        let mut found = Vec::new();
        for some in keys.chunks(AT_ONCE) {
            let marks: Vec<String> = (2..some.len() + 2).map(|at| format!("${at}")).collect();
            let statement = format!("{KEYS_OF} ({})", marks.join(", "));
            let values = std::iter::once(Value::from(organization.uuid()))
                .chain(some.iter().map(|key| Value::from(key.as_str())));
            let rows = self.find_rows(organization, &statement, values).await?;
            found.extend(rows.iter().map(key_usage).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(found)
    }

    /// How the organization's gateways asked; one that never did is left out.
    pub async fn gateway_usage(&self, organization: OrganizationId) -> Result<Vec<GatewayUsage>, StoreError> {
        let rows = self.find_rows(organization, GATEWAYS, [Value::from(organization.uuid())]).await?;
        rows.iter()
            .map(|row| {
                Ok(GatewayUsage {
                    gateway: GatewayId::from_uuid(row.try_get("", "gateway_id")?),
                    at: text::moment(row.try_get("", "last_seen_at")?)?,
                    allowed: text::unsigned(row.try_get("", "allowed")?),
                    denied: text::unsigned(row.try_get("", "denied")?),
                })
            })
            .collect()
    }
}

fn key_usage(row: &QueryResult) -> Result<KeyUsage, StoreError> {
    let (at, allowed, denied): (i64, i64, i64) =
        (row.try_get("", "last_used_at")?, row.try_get("", "allowed")?, row.try_get("", "denied")?);
    let address: Option<String> = row.try_get("", "last_address")?;
    let gateway: Option<Uuid> = row.try_get("", "last_gateway_id")?;
    Ok(KeyUsage {
        key: text::checked(&row.try_get::<String>("", "key_id")?)?,
        at: text::moment(at)?,
        address: address.as_deref().map(text::checked).transpose()?,
        gateway: gateway.map(GatewayId::from_uuid),
        allowed: text::unsigned(allowed),
        denied: text::unsigned(denied),
    })
}

/// A key and when, as [`LAST_USES`] writes them.
fn last_use(text: &str) -> Result<(KeyId, Timestamp), StoreError> {
    let (key, at) = text.split_once(':').unwrap_or((text, ""));
    Ok((text::checked(key)?, text::moment(text::checked(at)?)?))
}

fn key_values(organization: OrganizationId, usage: &KeyUsage) -> [Value; 7] {
    let minute = 60_000_000;
    let at = text::micros(usage.at);
    [
        organization.uuid().into(),
        usage.key.as_str().into(),
        (at - at.rem_euclid(minute)).into(),
        usage.address.map(|address| address.to_string()).into(),
        usage.gateway.map(GatewayId::uuid).into(),
        text::signed(usage.allowed).into(),
        text::signed(usage.denied).into(),
    ]
}

fn gateway_values(organization: OrganizationId, usage: &GatewayUsage) -> [Value; 5] {
    [
        organization.uuid().into(),
        usage.gateway.uuid().into(),
        text::micros(usage.at).into(),
        text::signed(usage.allowed).into(),
        text::signed(usage.denied).into(),
    ]
}
