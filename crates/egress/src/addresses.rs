//! Addresses that are not the public internet, each range with its reason.
//!
//! From the IANA registries of special-purpose addresses (RFC 6890 and the RFCs named below). For IPv6 the table
//! gives reasons; what counts is that everything outside `2000::/3`, the only block handed out, is denied.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The block that global unicast addresses are handed out from (RFC 4291).
const GLOBAL_UNICAST: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Every denied range and why.
#[rustfmt::skip]
pub(crate) const DENIED: &[(IpNet, &str)] = &[
    (v4([0, 0, 0, 0], 8),         "this network (RFC 791): reaches the machine itself"),
    (v4([10, 0, 0, 0], 8),        "private (RFC 1918)"),
    (v4([100, 64, 0, 0], 10),     "shared by carriers (RFC 6598); a metadata service of one cloud"),
    (v4([127, 0, 0, 0], 8),       "loopback (RFC 1122)"),
    (v4([168, 63, 129, 16], 32),  "looks public, answers only inside one cloud: its host agent"),
    (v4([169, 254, 0, 0], 16),    "link-local (RFC 3927): the metadata services of clouds"),
    (v4([172, 16, 0, 0], 12),     "private (RFC 1918)"),
    (v4([192, 0, 0, 0], 24),      "protocol assignments (RFC 6890)"),
    (v4([192, 0, 2, 0], 24),      "documentation (RFC 5737)"),
    (v4([192, 88, 99, 0], 24),    "6to4 relays, retired (RFC 7526)"),
    (v4([192, 168, 0, 0], 16),    "private (RFC 1918)"),
    (v4([198, 18, 0, 0], 15),     "benchmarks (RFC 2544)"),
    (v4([198, 51, 100, 0], 24),   "documentation (RFC 5737)"),
    (v4([203, 0, 113, 0], 24),    "documentation (RFC 5737)"),
    (v4([224, 0, 0, 0], 4),       "multicast (RFC 5771)"),
    (v4([240, 0, 0, 0], 4),       "reserved, and broadcast (RFC 1112, RFC 919)"),

    (v6([0, 0, 0, 0, 0, 0, 0, 0], 128),           "unspecified (RFC 4291): reaches the machine itself"),
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128),           "loopback (RFC 4291)"),
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 96),            "IPv4-compatible, retired (RFC 4291): carries any IPv4 address"),
    (v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96),       "IPv4-mapped (RFC 4291): carries any IPv4 address"),
    (v6([0, 0, 0, 0, 0xffff, 0, 0, 0], 96),       "IPv4-translated (RFC 2765): carries any IPv4 address"),
    (v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96),    "NAT64 (RFC 6052): carries any IPv4 address"),
    (v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48),    "local NAT64 (RFC 8215): carries any IPv4 address"),
    (v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64),        "discard (RFC 6666)"),
    (v6([0x100, 0, 0, 1, 0, 0, 0, 0], 64),        "dummy prefix (RFC 9780)"),
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 32),       "Teredo (RFC 4380): carries any IPv4 address"),
    (v6([0x2001, 2, 0, 0, 0, 0, 0, 0], 48),       "benchmarks (RFC 5180)"),
    (v6([0x2001, 0x10, 0, 0, 0, 0, 0, 0], 28),    "ORCHID, retired (RFC 4843)"),
    (v6([0x2001, 0x20, 0, 0, 0, 0, 0, 0], 28),    "ORCHIDv2 (RFC 7343): not routed"),
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23),       "protocol assignments (RFC 2928)"),
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),   "documentation (RFC 3849)"),
    (v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16),       "6to4 (RFC 3056): carries any IPv4 address"),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),       "documentation (RFC 9637)"),
    (v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16),       "segment routing (RFC 9602)"),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),        "unique local (RFC 4193), private"),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),       "link-local (RFC 4291)"),
    (v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10),       "site-local, retired (RFC 3879), private"),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8),        "multicast (RFC 4291)"),
];

/// Why an address may not be connected to, or nothing if it is on the public internet.
pub(crate) fn denied(address: IpAddr) -> Option<&'static str> {
    let listed = DENIED.iter().find(|(range, _)| range.contains(&address)).map(|(_, reason)| *reason);
    listed.or(match address {
        IpAddr::V6(v6) if !GLOBAL_UNICAST.contains(&v6) => Some("not handed out (RFC 4291)"),
        _ => None,
    })
}

const fn v4(octets: [u8; 4], length: u8) -> IpNet {
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::from_octets(octets), length))
}

const fn v6(parts: [u16; 8], length: u8) -> IpNet {
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::from_segments(parts), length))
}
