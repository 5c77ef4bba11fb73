//! S8: the day when the provider is down. Who is named comes in past it, loudly; nobody else does; and nobody takes the
//! last of those ways away while it is needed.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::http::{Request, Response};
use testkit::ports;
use testkit::process::eventually;

use super::scene::Scene;
use crate::sign_in::{Person, Secrets};
use crate::world::{Own, World, text};

/// The mailer looks every two seconds.
const SOON: Duration = Duration::from_secs(30);
const SETTINGS: &str = "/o/northwind/settings/sign-in";

/// A request for the API by a session.
async fn api(person: &mut Person, method: &str, path: &str, body: &Value) -> Response {
    let request = Request::new(method, path).header("sec-fetch-site", "same-origin");
    person.exchange(if method == "GET" { request } else { request.json(body) }).await
}

/// An owner with a password, and an organization that demands a provider which is gone by now.
struct Day {
    own: Own,
    maya: String,
    secrets: Secrets,
    connection: String,
    provider: SocketAddr,
}

impl Day {
    async fn dawns() -> Self {
        let scene = Scene::start().await;
        let mut owner = scene.owner().await;
        let connection = owner.connect(scene.vendors()[0], true).await;
        owner.test(&connection, "maya@northwind.example").await;
        let world = scene.world();
        let owners = world.list("members?role=owner").await;
        let maya = text(&owners[0], "id");
        let mut person = Person::of(world, &maya).await;
        let secrets = person.set_password().await;

        let page = format!("{SETTINGS}/break-glass");
        let answer = person.submit(&page, &[("user", maya.as_str())]).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, Some(page.as_str())),
            "{}",
            answer.text()
        );
        let demand = format!("{SETTINGS}/connections/{connection}/enforce");
        let answer = person.submit(&demand, &[("reason", "everybody by the provider")]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let provider = scene.vendors()[0].address;
        let Scene { own, providers, resolver } = scene;
        drop((providers, resolver));
        Self { own, maya, secrets, connection, provider }
    }

    fn world(&self) -> &World {
        &self.own.world
    }
}

/// The letters that were sent so far.
fn letters(own: &Own) -> Vec<String> {
    let folder = std::fs::read_dir(own.data.path().join("mail"));
    let files = folder.into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

#[tokio::test]
async fn who_is_named_comes_in_past_a_dead_provider_and_everybody_is_told() {
    let day = Day::dawns().await;
    let world = day.world();
    let admin = json!({"name": "Ann Admin", "email": "ann@northwind.example", "role": "admin"});
    let ann = text(&world.post("members", &admin).await, "id");
    let quiet = json!({"name": "Ben Member", "email": "ben@northwind.example", "role": "member"});
    let ben = text(&world.post("members", &quiet).await, "id");

    // The provider is dead; a local sign-in of somebody who is not named opens nothing.
    assert!(!ports::is_open(day.provider.port()), "nobody answers there");
    let mut member = Person::of(world, &ben).await;
    let secrets = member.set_password().await;
    assert_eq!(member.sign_in(&secrets, &secrets.recovery_codes[0], "/o/northwind").await.status, 303);
    assert_eq!(member.get("/o/northwind").await.status, 404, "not past the provider");
    assert!(member.page("/choose").await.contains("opens no organization"));

    let mut maya = Person::stranger(world.address);
    let answer = maya.sign_in(&day.secrets, &day.secrets.recovery_codes[0], "/o/northwind/people").await;
    let to = Some("/o/northwind/people");
    assert_eq!((answer.status, answer.header("location")), (303, to), "{}", answer.text());
    let page = maya.page("/o/northwind/people").await;
    assert!(page.contains("break-glass account"), "the session itself says what it is: {page}");
    let overview = maya.page("/o/northwind").await;
    assert!(overview.contains("signed in past your identity provider"), "{overview}");

    // Evidence of it, in the words of what was done.
    let used = world.get("decisions?action=break_glass.use").await;
    let used = used["items"].as_array().expect("decisions");
    assert_eq!(used.len(), 1, "{used:?}");
    assert_eq!(used[0]["decision"], "allow", "{}", used[0]);
    assert!(used[0].to_string().contains("came in past the provider by password and code"), "{}", used[0]);

    // A letter to everybody who administers it, and to nobody else.
    let letter = async || letters(&day.own).into_iter().find(|letter| letter.contains("Break-glass sign-in"));
    let letter = eventually("the letter is sent", SOON, letter).await;
    for part in [
        "To: ann@northwind.example",
        "Maya Chen has signed in",
        "password and code",
        "/settings/sign-in/break-glass",
    ] {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    assert!(!letters(&day.own).iter().any(|letter| letter.contains("To: ben@")));

    // Others who administer it see it too, by the operator's link; members see no more than that they are in.
    assert!(Person::of(world, &ann).await.page("/o/northwind").await.contains("past your identity provider"));
    let mut ben = Person::of(world, &ben).await;
    assert!(!ben.page("/o/northwind").await.contains("signed in past your identity provider"));

    // And Maya mends it: other sign-ins count again, and hers is nothing remarkable any more.
    let relax = format!("{SETTINGS}/connections/{}/do/relax", day.connection);
    assert_eq!(maya.submit(&relax, &[]).await.status, 303);
    assert_eq!(member.get("/o/northwind").await.status, 200, "a local session of somebody else");
    assert!(!maya.page("/o/northwind/people").await.contains("break-glass account"));
    let answer = maya.sign_in(&day.secrets, &day.secrets.recovery_codes[1], "").await;
    assert_eq!(answer.status, 303);
    let used = world.get("decisions?action=break_glass.use").await;
    assert_eq!(used["items"].as_array().map(Vec::len), Some(1), "nothing to come in past, and no alarm");
}

#[tokio::test]
async fn the_last_way_past_the_provider_is_not_taken_away_while_it_is_demanded() {
    let day = Day::dawns().await;
    let world = day.world();
    let mut maya = Person::stranger(world.address);
    maya.sign_in(&day.secrets, &day.secrets.recovery_codes[0], "").await;
    let answer = maya.submit("/account/password/remove", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/account")), "{}", answer.text());
    let account = maya.page("/account").await;
    assert!(account.contains("your last way to come in") && account.contains("Change password"), "{account}");

    let page = format!("{SETTINGS}/break-glass");
    let remove = format!("{page}/{}/remove", day.maya);
    assert_eq!(maya.submit(&remove, &[]).await.status, 303);
    let said = maya.page(&page).await;
    assert!(said.contains("Nobody could sign in while the provider is down"), "{said}");
    assert!(said.contains("Maya Chen") && said.contains("past the provider by password and code"), "{said}");
    let path = world.path(&format!("break-glass/{}", day.maya));
    let answer = api(&mut maya, "DELETE", &path, &Value::Null).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (409, Some("conflict")), "{}", answer.text());
    assert!(maya.is_signed_in().await);
}

/// Who may be named, by whom, and how many; and that an account that is taken back ends what it opened.
#[tokio::test]
async fn break_glass_accounts_are_named_by_people_who_administer_and_are_two_at_most() {
    let day = Day::dawns().await;
    let world = day.world();
    let path = world.path("break-glass");
    let mut maya = Person::stranger(world.address);
    maya.sign_in(&day.secrets, &day.secrets.recovery_codes[0], "").await;

    // Not by a key: what changes who can sign in is done by people.
    let refused = world.manage("POST", "break-glass", Some(&json!({"user": day.maya}))).await;
    assert_eq!((refused.status, refused.json()["reason"].as_str()), (403, Some("signed_in_only")));

    let mut named = Vec::new();
    for (name, role) in [("Ann", "admin"), ("Bob", "admin")] {
        let id = world.person_as(name, role).await;
        let asked = json!({"user": id});
        let answer = api(&mut maya, "POST", &path, &asked).await;
        assert_eq!(answer.status, 400, "no way to sign in: {}", answer.text());
        let mut person = Person::of(world, &id).await;
        let secrets = person.set_password().await;
        named.push((id, secrets, api(&mut maya, "POST", &path, &asked).await));
    }
    assert_eq!(named[0].2.status, 201, "{}", named[0].2.text());
    assert_eq!(named[1].2.status, 409, "a third: {}", named[1].2.text());
    let listed = world.get("break-glass").await;
    let shown: Vec<_> =
        listed["items"].as_array().expect("two").iter().map(|item| item["name"].as_str()).collect();
    assert_eq!(shown, [Some("Maya Chen"), Some("Ann")]);
    assert!(listed["items"].as_array().expect("two").iter().all(|item| item["can_sign_in"] == true));

    // A member sees nothing of it and names nobody.
    let outsider = world.person_as("Outsider", "member").await;
    let mut member = Person::of(world, &outsider).await;
    assert_eq!(api(&mut member, "GET", &path, &Value::Null).await.status, 403);
    assert!(matches!(api(&mut member, "POST", &path, &json!({"user": outsider})).await.status, 403 | 404));
    assert!(matches!(member.get(&format!("{SETTINGS}/break-glass")).await.status, 403 | 404));

    let (ann, secrets, _) = &named[0];
    let mut inside = Person::stranger(world.address);
    inside.sign_in(secrets, &secrets.recovery_codes[0], "").await;
    assert_eq!(inside.get("/o/northwind").await.status, 200);
    let answer = api(&mut maya, "DELETE", &format!("{path}/{ann}"), &Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!inside.is_signed_in().await, "what it opened has ended");
    let again = api(&mut maya, "DELETE", &format!("{path}/{ann}"), &Value::Null).await;
    assert_eq!(again.status, 404, "{}", again.text());
}
