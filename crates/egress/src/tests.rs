//! The rules of the door, as tables and against a server on loopback.

use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt;

use super::*;
use crate::addresses::{DENIED, denied};
use crate::rules::Rules;
use crate::testing::{FakeResolver, Step, TestServer, answer, json as json_answer};

/// Every denied range: its first and last address, or one inside, in as many notations as there are.
#[rustfmt::skip]
const DENIED_ADDRESSES: &[&str] = &[
    "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.0", "169.254.169.254", "169.254.255.255",
    "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.0",
    "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.255", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a9fe:a9fe",
    "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "100:0:0:1::1",
    "2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "3fff:fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "feff::1", "ff02::1", "ffff::1", "4000::1", "8000::1", "200::1",
];

/// Neighbours of the denied ranges, and well-known public addresses.
#[rustfmt::skip]
const PUBLIC_ADDRESSES: &[&str] = &[
    "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255",
    "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0",
    "223.255.255.255",
    "2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2001:4860:4860::8888", "2003::1",
    "2606:4700::1111", "2a00:1450:4001::1", "3ffe:ffff::1", "3fff:1000::1",
];

#[test]
fn every_special_address_is_denied_and_every_neighbour_is_not() {
    for address in DENIED_ADDRESSES {
        assert!(denied(address.parse().unwrap()).is_some(), "{address} must be denied");
    }
    for address in PUBLIC_ADDRESSES {
        assert_eq!(denied(address.parse().unwrap()), None, "{address} must be permitted");
    }
}

#[test]
fn every_range_of_the_table_is_tried_and_denies_from_end_to_end() {
    for (range, reason) in DENIED {
        assert!(
            DENIED_ADDRESSES
                .iter()
                .any(|address| range.contains(&address.parse::<std::net::IpAddr>().unwrap())),
            "{range} is not tried"
        );
        assert!(denied(range.network()).is_some() && denied(range.broadcast()).is_some(), "{range}");
        assert!(!reason.is_empty());
    }
}

/// What a URL comes to, with a resolver that knows one public address for every name. `ConnectFailed` and the
/// like cannot come up: nothing here gets as far as a connection.
#[tokio::test]
async fn urls_that_may_not_be_asked() {
    use EgressError::{HostDenied, InvalidUrl, PortDenied, SchemeDenied, UserInfoDenied};
    let egress = Egress::new(vec![
        "excepted.internal:8080".parse().unwrap(),
        "10.1.0.0/16".parse().unwrap(),
        "[fd00::5]:443".parse().unwrap(),
    ])
    .with_resolver(FakeResolver::new(&[&["93.184.216.34", "127.0.0.1"]]));
    let cases = [
        ("", InvalidUrl),
        ("mcp.example", InvalidUrl),
        ("https://", InvalidUrl),
        ("https:///etc/passwd", HostDenied),
        ("ftp://mcp.example/", SchemeDenied),
        ("file:///etc/passwd", SchemeDenied),
        ("gopher://mcp.example:443/", SchemeDenied),
        ("http://mcp.example/", SchemeDenied),
        ("http://mcp.example:443/", SchemeDenied),
        ("https://mcp.example:8443/", PortDenied),
        ("https://mcp.example:80/", PortDenied),
        ("https://user@mcp.example/", UserInfoDenied),
        ("https://user:secret@mcp.example/", UserInfoDenied),
        ("https://:secret@mcp.example/", UserInfoDenied),
        ("https://mcp.example@169.254.169.254/", UserInfoDenied),
        // An exception is for the host as it is named and for its port, for nothing near it.
        ("http://excepted.internal/", SchemeDenied),
        ("http://excepted.internal:8081/", SchemeDenied),
        ("https://excepted.internal:8443/", PortDenied),
        ("http://user@excepted.internal:8080/", UserInfoDenied),
        ("http://sub.excepted.internal:8080/", SchemeDenied),
        ("http://excepted.internal.:8080/", SchemeDenied),
        ("http://10.1.2.3/", SchemeDenied),
        ("https://10.1.2.3:8443/", PortDenied),
        ("https://10.2.0.1/", HostDenied),
        ("https://[fd00::6]/", HostDenied),
        // One address of two is inside.
        ("https://mcp.example/", HostDenied),
        // Literals, in every notation a URL knows.
        ("https://127.0.0.1/", HostDenied),
        ("https://127.1/", HostDenied),
        ("https://2130706433/", HostDenied),
        ("https://0x7f000001/", HostDenied),
        ("https://0177.0.0.1/", HostDenied),
        ("https://①②⑦.0.0.1/", HostDenied),
        ("https://169.254.169.254/latest/meta-data/", HostDenied),
        ("https://[::1]/", HostDenied),
        ("https://[::ffff:169.254.169.254]/", HostDenied),
        ("https://[64:ff9b::a9fe:a9fe]/", HostDenied),
        ("https://[fe80::1]/", HostDenied),
        ("https://0/", HostDenied),
    ];
    for (url, expected) in cases {
        let refused = egress.get(url, &[]).await.unwrap_err();
        assert_eq!(refused, expected, "{url}");
    }
}

#[tokio::test]
async fn a_name_is_denied_whatever_it_resolves_to_inside() {
    for address in DENIED_ADDRESSES {
        for addresses in [vec![*address], vec!["8.8.8.8", *address], vec![*address, "2606:4700::1111"]] {
            let egress = Egress::new(Vec::new()).with_resolver(FakeResolver::new(&[addresses.as_slice()]));
            let refused = egress.get("https://mcp.example/", &[]).await.unwrap_err();
            assert_eq!(refused, EgressError::HostDenied, "{addresses:?}");
        }
    }
    let unknown = Egress::new(Vec::new()).with_resolver(FakeResolver::new(&[&[]]));
    assert_eq!(unknown.get("https://mcp.example/", &[]).await, Err(EgressError::HostDenied));
    let system = Egress::new(Vec::new());
    assert_eq!(system.get("https://localhost/", &[]).await, Err(EgressError::HostDenied));
}

#[tokio::test]
async fn an_excepted_host_is_asked_over_plain_http() {
    let server =
        TestServer::start(|_| answer("201 Created", "x-kind: test\r\nx-kind: second\r\n", "made")).await;
    let body = json!({"a": 1});
    let headers = [("x-asked", "yes")];
    let response = server.egress().post_json(&server.url("/path?q=1"), &headers, &body).await.unwrap();
    assert_eq!((response.status, response.body.as_slice()), (201, b"made".as_slice()));
    assert_eq!(response.header("x-kind"), Some("test"));
    assert_eq!(response.header("x-none"), None);
    let received = &server.received()[0];
    assert!(received.head.starts_with("post /path?q=1 http/1.1"), "{}", received.head);
    assert_eq!(received.header("x-asked"), Some("yes"));
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert!(received.header("user-agent").unwrap().starts_with("answerable/"));
    assert_eq!(received.body, r#"{"a":1}"#);
}

/// What a request for `url` would connect to; nothing is connected to.
async fn addresses(
    exceptions: &[&str],
    url: &str,
    resolver: &FakeResolver,
) -> Result<Vec<String>, EgressError> {
    let rules = Rules::new(exceptions.iter().map(|exception| exception.parse().unwrap()).collect());
    let found = rules.addresses(&rules.target(url)?, resolver).await?;
    Ok(found.iter().map(ToString::to_string).collect())
}

#[tokio::test]
async fn an_excepted_network_lifts_the_address_rule_only() {
    let resolver = FakeResolver::new(&[&["10.1.2.3", "8.8.8.8"], &["::ffff:10.1.2.3"], &["10.2.0.1"]]);
    let network = ["10.1.0.0/16"];
    let named = "https://inside.example/";
    assert_eq!(
        addresses(&network, named, &resolver).await,
        Ok(vec!["10.1.2.3:443".into(), "8.8.8.8:443".into()])
    );
    assert_eq!(addresses(&network, named, &resolver).await, Ok(vec!["[::ffff:10.1.2.3]:443".into()]));
    assert_eq!(addresses(&network, named, &resolver).await, Err(EgressError::HostDenied));
    assert_eq!(addresses(&network, "https://10.1.9.9/", &resolver).await, Ok(vec!["10.1.9.9:443".into()]));
    assert_eq!(addresses(&network, "http://10.1.9.9/", &resolver).await, Err(EgressError::SchemeDenied));
    assert_eq!(
        addresses(&["[fd00::5]:443"], "https://[FD00::5]/", &resolver).await,
        Ok(vec!["[fd00::5]:443".into()])
    );
}

#[tokio::test]
async fn redirects_are_refused() {
    let target = TestServer::start(|_| json_answer("{}")).await;
    let location = target.url("/secret");
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let header = format!("location: {location}\r\n");
        let server = TestServer::start(move |_| answer(status, &header, "")).await;
        let egress = Egress::new(vec![server.exception("127.0.0.1"), target.exception("127.0.0.1")]);
        assert_eq!(egress.get(&server.url("/"), &[]).await, Err(EgressError::Redirected), "{status}");
        let posted = egress.post_json(&server.url("/"), &[], &json!({})).await;
        assert_eq!(posted, Err(EgressError::Redirected), "{status}");
    }
    assert!(target.received().is_empty());
}

#[tokio::test]
async fn a_name_server_that_changes_its_answer_gains_nothing() {
    // Public at the first look-up, loopback from the second on: each request is judged by its own look-up.
    let rebinding = FakeResolver::new(&[&["8.8.8.8"], &["127.0.0.1"]]);
    let url = "https://rebind.example/";
    assert_eq!(addresses(&[], url, &rebinding).await, Ok(vec!["8.8.8.8:443".into()]));
    assert_eq!(addresses(&[], url, &rebinding).await, Err(EgressError::HostDenied));

    // The address that was checked is the one connected to, though a second look-up would say otherwise.
    let inside = TestServer::start(|_| json_answer("{}")).await;
    let checked = FakeResolver::new(&[&["127.0.0.1"], &["127.0.0.2"]]);
    let egress = Egress::new(vec![inside.exception("named.example")]).with_resolver(checked.clone());
    let url = format!("http://named.example:{}/", inside.address.port());
    assert_eq!(egress.get(&url, &[]).await.unwrap().status, 200);
    assert_eq!((checked.asked(), inside.received().len()), (1, 1));
    assert_eq!(inside.received()[0].header("host").unwrap(), url[7..].trim_end_matches('/'));
}

#[tokio::test]
async fn bodies_are_bounded_whether_announced_or_not() {
    let body = "x".repeat(1000);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    let server = TestServer::start(move |received| {
        if received.head.contains("/chunked") {
            vec![Step::Send(chunked.clone())]
        } else {
            json_answer(&body)
        }
    })
    .await;
    for (body_bytes, path, expected) in
        [(1000, "/", true), (999, "/", false), (1000, "/chunked", true), (999, "/chunked", false)]
    {
        let egress = server.egress().with_limits(Limits { body_bytes, ..Limits::default() });
        let got = egress.get(&server.url(path), &[]).await.map(|response| response.body.len());
        let wanted = if expected { Ok(1000) } else { Err(EgressError::BodyTooLarge) };
        assert_eq!(got, wanted, "{path} with {body_bytes}");
    }
    assert_eq!(Limits::default().body_bytes, 1_048_576);
}

#[tokio::test]
async fn servers_that_stall_or_break_off() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
    let server = TestServer::start(move |received| match received.head.split_whitespace().nth(1) {
        Some("/no-head") => vec![Step::Hold],
        Some("/no-body") => vec![Step::Send(head.to_owned()), Step::Hold],
        Some("/half-body") => vec![Step::Send(format!("{head}12345"))],
        Some("/not-http") => vec![Step::Send("SSH-2.0-OpenSSH\r\n".to_owned())],
        _ => Vec::new(),
    })
    .await;
    let limits = Limits { total: Duration::from_millis(200), ..Limits::default() };
    let egress = server.egress().with_limits(limits);
    for (path, expected) in [
        ("/no-head", EgressError::TimedOut),
        ("/no-body", EgressError::TimedOut),
        ("/half-body", EgressError::BrokenAnswer),
        ("/not-http", EgressError::BrokenAnswer),
        ("/closed", EgressError::BrokenAnswer),
    ] {
        assert_eq!(egress.get(&server.url(path), &[]).await, Err(expected), "{path}");
    }
}

#[tokio::test]
async fn a_server_without_tls_is_not_asked_over_https() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let egress = Egress::new(vec![address.to_string().parse().unwrap()]);
    let asked = egress.get(&format!("https://{address}/"), &[]).await;
    assert_eq!(asked, Err(EgressError::TlsFailed));
}

#[tokio::test]
async fn headers_cannot_be_smuggled() {
    let server = TestServer::start(|_| json_answer("{}")).await;
    for header in [("authorization", "Bearer a\r\nx-evil: 1"), ("bad name", "1"), ("x", "a\0b")] {
        let sent = server.egress().get(&server.url("/"), &[header]).await;
        assert_eq!(sent, Err(EgressError::InvalidHeader), "{header:?}");
    }
    assert!(server.received().is_empty());
}

#[test]
fn a_tenant_has_so_many_turns_and_gets_them_back() {
    let egress = Egress::new(Vec::new());
    let mut turns: Vec<Turn> = (0..MAX_IN_FLIGHT).map(|_| egress.turn("acme").unwrap()).collect();
    assert_eq!(egress.clone().turn("acme").unwrap_err(), EgressError::Busy);
    assert!(egress.turn("other").is_ok());
    turns.pop();
    assert!(egress.turn("acme").is_ok());
}

/// The limits of security.md W1. A JWKS has a smaller body limit still, which `signin` sets.
#[test]
fn the_usual_limits_are_those_of_the_rules() {
    let limits = Limits::default();
    assert_eq!((limits.connect, limits.total), (Duration::from_secs(3), Duration::from_secs(10)));
    assert_eq!((limits.body_bytes, MAX_IN_FLIGHT), (1 << 20, 4));
}

/// What a tenant is told is one of a fixed set of sentences, whatever the server, the host or the system said.
#[tokio::test]
async fn errors_say_nothing_of_the_network_inside() {
    let server = TestServer::start(|_| vec![Step::Send("secret of the inside\r\n\r\n".to_owned())]).await;
    let refused = server.egress().get(&server.url("/"), &[]).await.unwrap_err();
    let named = Egress::new(Vec::new()).get("https://10.1.2.3/", &[]).await.unwrap_err();
    for error in [refused, named] {
        let told = format!("{error} {error:?}");
        assert!(!told.contains("secret") && !told.contains("10.1") && !told.contains("127.0"), "{told}");
    }
}

/// Proxies of the environment are ignored. In a process of its own, because the environment is everybody's.
#[tokio::test]
async fn proxies_of_the_environment_are_not_asked() {
    const INSIDE: &str = "EGRESS_TEST_PROXIED";
    let proxy = TestServer::start(|_| json_answer("\"proxied\"")).await;
    if std::env::var_os(INSIDE).is_some() {
        let server = TestServer::start(|_| json_answer("\"direct\"")).await;
        let got = server.egress().get(&server.url("/"), &[]).await.unwrap();
        assert_eq!(got.body, b"\"direct\"");
        return;
    }
    let mut again = tokio::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "tests::proxies_of_the_environment_are_not_asked"]).env(INSIDE, "1");
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        again.env(name, proxy.url(""));
    }
    let output = again.output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(proxy.received().is_empty());
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let server = TestServer::start(|_| json_answer("{}")).await;
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let sent = server.egress().post_bytes(&server.url("/token"), &headers, b"a=1&b=%20".to_vec()).await;
    assert_eq!(sent.unwrap().status, 200);
    let received = &server.received()[0];
    assert_eq!(received.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(received.body, "a=1&b=%20");
}
