//! Open redirect: wherever a sign-in leads on to, it is a page of ours.

use testkit::http::Response;

use super::person::{Person, encoded};
use super::program;
use crate::pages::hidden;

/// Where somebody might want people to land. Each is tried as it is, and with its reserved characters escaped again.
const TRIES: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "////evil.example/..",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http://evil.example/o/northwind",
    "HTTPS://EVIL.EXAMPLE",
    "//evil.example/%2f..",
    "//user@evil.example",
    "///\u{ff0f}evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    " //evil.example",
    "/ /evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/o/northwind\r\nlocation: https://evil.example",
    "/o/northwind\r\n\r\n<script>alert(1)</script>",
    "/\0/evil.example",
    "/o/\u{202e}northwind",
    "/o/northwind/\u{a0}",
    "//\u{3002}evil.example",
    "evil.example",
    "./evil",
    "?next=//evil.example",
    "#//evil.example",
    "",
];

/// Where a redirect leads; it has to be to a path of this site, as a browser reads it.
fn lands(what: &str, answer: &Response) -> String {
    assert_eq!(answer.status, 303, "{what:?}: {}", answer.text());
    let named: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "location")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(named.len(), 1, "{what:?}: {named:?}");
    let to = named[0];
    let after = to.strip_prefix('/').unwrap_or_else(|| panic!("{what:?} leads to {to}"));
    assert!(!after.starts_with(['/', '\\']), "{what:?} leads to {to}");
    assert!(to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{what:?} leads to {to}");
    to.to_owned()
}

#[tokio::test]
async fn a_sign_in_leads_on_to_pages_of_ours_alone() {
    let world = &program().await.world;
    let mut person = Person::owner(world).await;
    let home = format!("/o/{}", world.organization);
    for next in TRIES {
        for next in [(*next).to_owned(), encoded(next), encoded(&encoded(next))] {
            // Who is signed in already goes on at once; the rest keep it in a form, where it is looked at again.
            let answer = person.get(&format!("/sign-in?next={}", encoded(&next))).await;
            assert_eq!(lands(&next, &answer), home, "{next:?}");
        }
    }
    let good = format!("{home}/agents?state=live&q=a%20b");
    let answer = person.get(&format!("/sign-in?next={}", encoded(&good))).await;
    assert_eq!(lands(&good, &answer), good);
}

#[tokio::test]
async fn nor_does_any_other_way_of_signing_in_or_proving_it_again() {
    let world = &program().await.world;
    let (mut person, id) = Person::member(world).await;
    let secrets = person.set_password().await;
    let mut codes = secrets.recovery_codes.iter();
    for next in ["//evil.example", "/\\evil.example", "https://evil.example", "/\r\nlocation: //evil.example"]
    {
        let mut browser = Person::stranger(world.address);
        let answer = browser.send(&super::person::sign_in_link(world, &id), &[("next", next)]).await;
        assert!(lands(next, &answer).starts_with("/o/"), "{next:?}");

        let code = codes.next().expect("ten of them");
        let answer = Person::stranger(world.address).sign_in(&secrets, code, next).await;
        assert!(lands(next, &answer).starts_with("/o/"), "{next:?}");

        let code = codes.next().expect("ten of them");
        let fields = [
            ("login", secrets.login.as_str()),
            ("password", &secrets.password),
            ("code", code),
            ("next", next),
        ];
        let answer = person.submit("/step-up", &fields).await;
        assert_eq!(lands(next, &answer), "/", "{next:?}");

        for path in ["/sign-in", "/sign-in/password", "/sign-in/passkey", "/step-up"] {
            let page = Person::clone(&browser).get(&format!("{path}?next={}", encoded(next))).await.text();
            let kept = hidden(&page, "next").unwrap_or_default();
            // The page of a failure has only the way back to itself, for choosing how it looks.
            let is_ours = kept.is_empty() || kept == "/" || kept.starts_with(path);
            assert!(is_ours, "{path} keeps {next:?} as {kept:?}");
        }
    }
}

/// A page that asks for a sign-in first says where it was, and nothing else.
#[tokio::test]
async fn the_way_to_the_sign_in_names_the_page_and_no_other_site() {
    let world = &program().await.world;
    for (path, way) in [
        ("/o/northwind/agents?state=live", "/sign-in?next=%2Fo%2Fnorthwind%2Fagents%3Fstate%3Dlive"),
        ("/o/..//evil.example", "/sign-in?next=%2Fo%2F..%2F%2Fevil.example"),
        ("/o/x%0d%0aset-cookie:a=b", "/sign-in?next=%2Fo%2Fx%250d%250aset-cookie%3Aa%3Db"),
        ("/account", "/sign-in?next=%2Faccount"),
    ] {
        let answer = Person::stranger(world.address).get(path).await;
        if answer.status == 404 {
            continue;
        }
        assert_eq!(answer.header("location"), Some(way), "{path}: {}", answer.status);
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
    // A form that comes too late leads back to the page it was on, and never to a page of somebody else's.
    let request = super::person::form("/account/zone", &[("zone", "Europe/Berlin")])
        .header("sec-fetch-site", "same-origin")
        .header("referer", "https://evil.example//evil.example/path");
    let answer = Person::stranger(world.address).exchange(request).await;
    let text = format!("{:?} {}", answer.header("location"), answer.text());
    assert!(!text.contains("evil.example"), "{text}");
}
