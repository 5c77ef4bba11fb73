use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use decision::Record;
use model::{GatewayId, KeyId, OrganizationId, Timestamp};
use store::{GatewayUsage, KeyUsage, Store};

/// When each key and gateway was last used, gathered in memory and written now and then: never on the way of a call.
///
/// A gateway that never asks, or stopped asking, may be one that fails open: that is why this is kept.
#[derive(Default)]
pub struct Usage {
    gathered: Mutex<BTreeMap<OrganizationId, Gathered>>,
}

#[derive(Default)]
struct Gathered {
    /// By hash: of a hundred thousand keys a search in order reads a dozen lines of memory that no cache holds.
    keys: HashMap<KeyId, Seen>,
    gateways: BTreeMap<GatewayId, Seen>,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    at: Option<Timestamp>,
    address: Option<IpAddr>,
    gateway: Option<GatewayId>,
    allowed: u64,
    denied: u64,
}

impl Seen {
    fn note(&mut self, record: &Record) {
        self.at = self.at.max(Some(record.at));
        self.address = record.address.or(self.address);
        self.gateway = record.gateway.or(self.gateway);
        if record.decision.is_allowed() { self.allowed += 1 } else { self.denied += 1 }
    }
}

impl Usage {
    /// Notes an answered call.
    pub(crate) fn note(&self, record: &Record) {
        let Some(organization) = record.decision.organization else { return };
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gateway) = record.gateway {
            gathered.entry(organization).or_default().gateways.entry(gateway).or_default().note(record);
        }
        if let Some(key) = record.decision.key {
            let home = record.decision.home.map_or(organization, |(id, _)| id);
            gathered.entry(home).or_default().keys.entry(key).or_default().note(record);
        }
    }

    /// Writes what was gathered. What cannot be written is dropped: it is a convenience, the evidence has it all.
    pub async fn flush(&self, store: &Store) {
        let gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        for (organization, Gathered { keys, gateways }) in gathered {
            let keys: Vec<_> = keys.into_iter().filter_map(|(key, seen)| key_usage(key, seen)).collect();
            let gateways: Vec<_> =
                gateways.into_iter().filter_map(|(id, seen)| gateway_usage(id, seen)).collect();
            if let Err(cause) = store.note_usage(organization, &keys, &gateways).await {
                tracing::warn!(error = %cause, "when keys were last used could not be written");
            }
        }
    }
}

fn key_usage(key: KeyId, seen: Seen) -> Option<KeyUsage> {
    let Seen { at, address, gateway, allowed, denied } = seen;
    Some(KeyUsage { key, at: at?, address, gateway, allowed, denied })
}

fn gateway_usage(gateway: GatewayId, seen: Seen) -> Option<GatewayUsage> {
    Some(GatewayUsage { gateway, at: seen.at?, allowed: seen.allowed, denied: seen.denied })
}
