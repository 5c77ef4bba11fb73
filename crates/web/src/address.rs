//! Where a request comes from, behind proxies too: for limits, for the networks of a key, and for what people are shown.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use actix_web::HttpRequest;
use actix_web::web::Data;
use ipnet::IpNet;

/// The proxies that are believed when they say where a request comes from. Whoever else sends `X-Forwarded-For` could
/// say anything, and is not listened to.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Those in these networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    fn are_trusted(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Where a request comes from: the last address that no trusted proxy has. Each proxy adds to the right whom it was
/// asked by, so what stands left of somebody who is not trusted is their own invention.
pub(crate) fn client(request: &HttpRequest) -> Option<IpAddr> {
    let mut at = request.peer_addr()?.ip().to_canonical();
    let proxies = request.app_data::<Data<Proxies>>();
    let told = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = told.flat_map(|value| value.split(',')).map(str::trim).collect();
    let mut told = told.into_iter().rev().peekable();
    let is_trusted = |address| proxies.is_some_and(|proxies| proxies.are_trusted(address));
    if told.peek().is_some() && !is_trusted(at) {
        warn_once(at);
    }
    while is_trusted(at) {
        let Some(before) = told.next().and_then(address) else { break };
        at = before;
    }
    Some(at)
}

/// Behind a proxy that is not named, everybody seems to come from one address, and shares its limits.
fn warn_once(peer: IpAddr) {
    static WARNED: Once = Once::new();
    WARNED.call_once(|| {
        tracing::warn!(
            address = %peer,
            "a request came with X-Forwarded-For from an address that is not among server.trusted_proxies; \
             if it is your proxy, name it there, or everybody shares its limits"
        );
    });
}

/// An address as proxies write it: some add the port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.parse::<IpAddr>().ok();
    let address = bare.or_else(|| text.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, proxies: &[&str], told: &[&'static str]) -> String {
        let proxies = proxies.iter().map(|network| network.parse().expect("a network")).collect();
        let peer = SocketAddr::new(peer.parse().expect("an address"), 4711);
        let mut request = TestRequest::get().peer_addr(peer).app_data(Data::new(Proxies::new(proxies)));
        for told in told {
            request = request.append_header(("x-forwarded-for", *told));
        }
        client(&request.to_http_request()).expect("an address").to_string()
    }

    #[test]
    fn proxies_are_believed_and_nobody_else() {
        let ours = &["10.0.0.0/8", "127.0.0.1/32"][..];
        for (peer, proxies, told, expected) in [
            ("198.51.100.7", ours, &[][..], "198.51.100.7"),
            ("198.51.100.7", ours, &["192.0.2.1"], "198.51.100.7"),
            ("127.0.0.1", &[], &["192.0.2.1"], "127.0.0.1"),
            ("127.0.0.1", ours, &["192.0.2.1"], "192.0.2.1"),
            ("127.0.0.1", ours, &["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
            ("127.0.0.1", ours, &["203.0.113.9, 192.0.2.1, 10.1.1.1"], "192.0.2.1"),
            ("127.0.0.1", ours, &["203.0.113.9", "192.0.2.1,10.1.1.1"], "192.0.2.1"),
            ("::ffff:127.0.0.1", ours, &["192.0.2.1:4711"], "192.0.2.1"),
            ("127.0.0.1", ours, &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("127.0.0.1", ours, &["192.0.2.1, unknown"], "127.0.0.1"),
            ("127.0.0.1", ours, &["10.1.1.1"], "10.1.1.1"),
            ("127.0.0.1", ours, &[""], "127.0.0.1"),
        ] {
            assert_eq!(seen(peer, proxies, told), expected, "{peer} {told:?}");
        }
    }
}
