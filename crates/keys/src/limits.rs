use std::net::IpAddr;

use model::{KeyKind, KeyLimits};

use crate::LimitsError;

/// Address ranges per key: each is compared on every call, and a list that nobody can read protects nobody.
pub const MAX_ADDRESS_RANGES: usize = 50;
/// Gateways per key, for the same reason.
pub const MAX_GATEWAYS: usize = 50;
/// Entries of a key's scope: every decision reads them all in the worst case.
pub const MAX_SCOPE_ENTRIES: usize = 200;

/// Bits of the prefix under which IPv6 writes IPv4 addresses (RFC 4291, section 2.5.5.2).
const MAPPED_PREFIX: u8 = 96;

/// Checks that limits can be those of a key of that kind.
///
/// A limit that nothing looks at is refused rather than kept: gateway and management keys make no tool calls, so
/// only their addresses can be limited.
pub fn check_limits(limits: &KeyLimits, kind: KeyKind) -> Result<(), LimitsError> {
    if matches!(kind, KeyKind::Gateway | KeyKind::Management | KeyKind::Scim) {
        refuse_call_limits(limits, kind)?;
    }
    if limits.max_uses == Some(0) {
        return Err(LimitsError::NoUses);
    }
    if limits.gateways.len() > MAX_GATEWAYS {
        return Err(LimitsError::TooManyGateways { limit: MAX_GATEWAYS });
    }
    if limits.scope.as_ref().is_some_and(|scope| scope.entries.len() > MAX_SCOPE_ENTRIES) {
        return Err(LimitsError::TooManyScopeEntries { limit: MAX_SCOPE_ENTRIES });
    }
    check_addresses(limits)
}

fn refuse_call_limits(limits: &KeyLimits, kind: KeyKind) -> Result<(), LimitsError> {
    let given = [
        ("gateways", !limits.gateways.is_empty()),
        ("max_uses", limits.max_uses.is_some()),
        ("scope", limits.scope.is_some()),
    ];
    match given.into_iter().find(|(_, given)| *given) {
        Some((limit, _)) => Err(LimitsError::NotForKind { limit, kind }),
        None => Ok(()),
    }
}

fn check_addresses(limits: &KeyLimits) -> Result<(), LimitsError> {
    if limits.addresses.len() > MAX_ADDRESS_RANGES {
        return Err(LimitsError::TooManyAddresses { limit: MAX_ADDRESS_RANGES });
    }
    let mapped = limits.addresses.iter().find(|range| {
        matches!(range.network(), IpAddr::V6(net) if net.to_ipv4_mapped().is_some())
            && range.prefix_len() >= MAPPED_PREFIX
    });
    match mapped {
        Some(range) => Err(LimitsError::MappedAddress { range: range.to_string() }),
        None => Ok(()),
    }
}
