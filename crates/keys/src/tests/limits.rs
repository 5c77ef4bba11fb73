use model::{GatewayId, KeyLimits, Scope, ScopeEntry};

use super::fixtures::{Seeded, holders, issued, plain, start};
use crate::{
    KeyError, LimitsError, MAX_ADDRESS_RANGES, MAX_GATEWAYS, MAX_SCOPE_ENTRIES, Rotate, check_limits, issue,
    rotate,
};

fn addresses(ranges: &[&str]) -> KeyLimits {
    KeyLimits {
        addresses: ranges.iter().map(|range| range.parse().unwrap()).collect(),
        ..KeyLimits::default()
    }
}

fn gateways(count: usize) -> KeyLimits {
    let entropy = &mut Seeded(5);
    KeyLimits {
        gateways: (0..count).map(|_| GatewayId::draw(start(), entropy)).collect(),
        ..KeyLimits::default()
    }
}

fn scope(count: usize) -> KeyLimits {
    let entry = ScopeEntry { workspace: None, server: None, tools: "*".parse().unwrap() };
    let scope: Scope = std::iter::repeat_n(entry, count).collect();
    KeyLimits { scope: Some(scope), ..KeyLimits::default() }
}

fn uses(max: u64) -> KeyLimits {
    KeyLimits { max_uses: Some(max), ..KeyLimits::default() }
}

#[test]
fn k6_limits_that_cannot_be_are_refused() {
    let mapped = LimitsError::MappedAddress { range: "::ffff:10.0.0.0/104".to_owned() };
    let cases = [
        (KeyLimits::default(), Ok(())),
        (uses(0), Err(LimitsError::NoUses)),
        (uses(1), Ok(())),
        (addresses(&["10.0.0.0/8", "2001:db8::/32", "::/0", "::1/128"]), Ok(())),
        (addresses(&["10.0.0.0/8", "::ffff:10.0.0.0/104"]), Err(mapped)),
        (addresses(&["10.0.0.0/8"; MAX_ADDRESS_RANGES]), Ok(())),
        (
            addresses(&["10.0.0.0/8"; MAX_ADDRESS_RANGES + 1]),
            Err(LimitsError::TooManyAddresses { limit: MAX_ADDRESS_RANGES }),
        ),
        (gateways(MAX_GATEWAYS), Ok(())),
        (gateways(MAX_GATEWAYS + 1), Err(LimitsError::TooManyGateways { limit: MAX_GATEWAYS })),
        (scope(0), Ok(())),
        (scope(MAX_SCOPE_ENTRIES), Ok(())),
        (scope(MAX_SCOPE_ENTRIES + 1), Err(LimitsError::TooManyScopeEntries { limit: MAX_SCOPE_ENTRIES })),
    ];
    let [agent, robot, ..] = holders();
    for (limits, expected) in cases {
        for holder in [agent, robot] {
            assert_eq!(check_limits(&limits, holder.key_kind()), expected, "{limits:?}");
            let asked =
                issue(crate::Issue { limits: limits.clone(), ..plain(holder) }, &[], start(), &mut Seeded(1));
            assert_eq!(asked.map(|_| ()), expected.clone().map_err(KeyError::Limits), "{limits:?}");
        }
    }
}

#[test]
fn k6_a_limit_that_nothing_looks_at_is_refused() {
    let [_, _, gateway, user] = holders();
    for kind in [gateway.key_kind(), user.key_kind()] {
        for (limits, limit) in [(gateways(1), "gateways"), (uses(1), "max_uses"), (scope(1), "scope")] {
            assert_eq!(check_limits(&limits, kind), Err(LimitsError::NotForKind { limit, kind }));
        }
        assert_eq!(check_limits(&addresses(&["192.0.2.0/24"]), kind), Ok(()));
    }
}

#[test]
fn k6_a_successor_is_limited_like_the_key_it_takes_over_from() {
    let limits = KeyLimits { max_uses: Some(100), ..addresses(&["192.0.2.0/24"]) };
    let request = crate::Issue { limits: limits.clone(), ..plain(holders()[0]) };
    let old = issue(request, &[], start(), &mut Seeded(1)).unwrap().key;
    let rotation = rotate(old.clone(), &[&old], Rotate::default(), start(), &mut Seeded(2)).unwrap();
    assert_eq!(rotation.successor.limits, limits);
    assert_eq!(rotation.retired.limits, limits);
    assert_ne!(issued(holders()[0], 3).key.limits, limits);
}
