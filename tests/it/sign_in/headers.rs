//! Clickjacking and header injection: what goes with every kind of page, and what nobody puts into it.

use testkit::http::{Request, Response};

use super::person::{Person, encoded, form, sign_in_link};
use super::program;
use crate::world::{text, unique};

/// What every page says beside its text.
fn check(what: &str, answer: &Response) {
    let header = |name: &str| answer.header(name).unwrap_or_default();
    assert!(header("content-type").starts_with("text/html"), "{what}: {:?}", answer.headers);
    let policy = header("content-security-policy");
    for rule in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.split(';').any(|one| one.trim() == rule), "{what}: `{rule}` is not in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(header(name), value, "{what}: {name}");
    }
    let kept = header("cache-control");
    assert!(kept.contains("no-store") || kept == "private, no-cache", "{what}: cache-control is {kept}");
    let text = answer.text();
    assert!(!text.contains(" style=") && !text.contains("<style"), "{what}: a style in the page");
    assert!(!text.contains("javascript:") && !text.contains(" onclick="), "{what}: a script in the page");
}

#[tokio::test]
async fn every_kind_of_page_can_be_framed_by_nobody_and_runs_nothing_of_others() {
    let world = &program().await.world;
    let home = format!("/o/{}", world.organization);
    let owners = world.list("members?role=owner").await;
    let link = sign_in_link(world, &text(&owners[0], "id"));
    let mut nobody = Person::stranger(world.address);
    for (path, status) in [
        ("/sign-in", 200),
        ("/sign-in?next=%2Faccount", 200),
        ("/sign-in/password", 200),
        (link.as_str(), 200),
        ("/sign-in/link/none", 410),
        ("/start/none", 410),
        ("/invitations/none", 410),
        ("/sign-up", 404),
        ("/no/such/page", 404),
        ("/sso/continue?connection=none", 400),
    ] {
        let answer = nobody.get(path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        check(path, &answer);
    }
    let answer = nobody.send("/sign-in", &[("email", "nobody")]).await;
    assert_eq!(answer.status, 422);
    check("a form that comes back", &answer);
    let answer = nobody.exchange(form("/sign-in", &[("email", "a@b.example")])).await;
    assert_eq!(answer.status, 403);
    check("a form of another site", &answer);

    let mut owner = Person::owner(world).await;
    for path in
        ["", "/people", "/agents", "/audit", "/explore", "/settings", "/settings/sign-in", "/keyboard"]
    {
        let path = format!("{home}{path}");
        check(&path, &owner.get(&path).await);
    }
    for path in
        ["/account", "/choose", "/step-up", "/account/password", "/o/nobody-has-this", "/account/sessions"]
    {
        check(path, &owner.get(path).await);
    }
    let answer = owner.submit("/account/authenticator/new", &[]).await;
    assert_eq!(answer.status, 303, "a redirect: {}", answer.text());
    assert!(answer.header("cache-control").is_some_and(|kept| kept.contains("no-store")));
}

/// What is shown once is kept nowhere, not even by the browser of who sees it.
#[tokio::test]
async fn what_is_secret_is_kept_by_no_cache() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let login = format!("{}@northwind.example", unique("cached").to_lowercase());
    let set = [("login", login.as_str()), ("password", "violet kettle nine drums")];
    assert_eq!(person.submit("/account/password", &set).await.status, 303);
    let shown = person.submit("/account/authenticator/new", &[]).await;
    for answer in [shown, person.get("/sign-in/link/none").await] {
        let kept = answer.header("cache-control").unwrap_or_default();
        assert!(kept.contains("no-store") || answer.status == 410, "{kept}");
    }
}

#[tokio::test]
async fn nobody_puts_a_header_into_an_answer() {
    let world = &program().await.world;
    let mut person = Person::owner(world).await;
    let bait = "x\r\nx-injected: yes\r\nset-cookie: injected=yes";
    let mut answers = vec![
        person.get(&format!("/sign-in?next={}", encoded(&format!("/o/{bait}")))).await,
        person.get(&format!("/o/{}", encoded(bait))).await,
        person.get(&format!("/sign-in/link/{}", encoded(bait))).await,
        person.submit("/account/zone", &[("zone", bait)]).await,
        person.submit("/account/password", &[("login", bait), ("password", bait)]).await,
        person.exchange(Request::get("/account").header("x-request-id", "a\tb%0d%0ax-injected: yes")).await,
        Person::stranger(world.address).get(&format!("/o/{}/agents", encoded(bait))).await,
        Person::stranger(world.address)
            .send("/sign-in", &[("email", "a@b.example"), ("next", &format!("/o/{bait}"))])
            .await,
        Person::stranger(world.address)
            .send("/sign-in/password", &[("login", bait), ("password", bait), ("code", bait), ("next", bait)])
            .await,
    ];
    answers.push(person.exchange(Request::get("/account").header("x-forwarded-for", "1.2.3.4, x")).await);
    for answer in answers {
        assert_eq!(answer.header("x-injected"), None, "{:?}", answer.headers);
        let injected =
            answer.headers.iter().any(|(name, value)| name == "set-cookie" && value.starts_with("injected"));
        assert!(!injected, "{:?}", answer.headers);
    }
}
