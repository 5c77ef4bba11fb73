//! A provider is asked again about whoever is signed in by it: what it says then counts, and a provider that says nothing
//! ends nothing.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use testkit::process::eventually;

use super::browser::Browser;
use super::groups::change;
use super::keyed::connected;
use super::scene::Scene;
use crate::world::text;

pub(super) const NEXT: &str = "/o/northwind/workspaces";
pub(super) const FINANCE: &str = "finance@northwind.example";

/// Sessions are looked for every two seconds.
const SOON: Duration = Duration::from_secs(30);

/// A program that asks again after a second.
pub(super) async fn stage() -> Scene {
    Scene::start_with(&[], &[("ANSWERABLE_SIGN_IN__REFRESH_SECONDS", "1")]).await
}

impl Scene {
    /// Tells the first provider to behave otherwise from now on.
    pub(super) async fn control(&self, what: &str) {
        let answer = Browser::default().get(&format!("http://{}/control?{what}", self.providers.okta)).await;
        assert_eq!(answer.status, 200, "{what}");
    }

    /// What the first provider has given so far.
    pub(super) async fn issued(&self) -> Value {
        Browser::default().get(&format!("http://{}/issued", self.providers.okta)).await.json()
    }

    /// Waits until the first provider has done something so often.
    pub(super) async fn until(&self, what: &str, times: u64) {
        let done = async || (self.issued().await[what].as_u64() >= Some(times)).then_some(());
        eventually(&format!("{what} {times} times"), SOON, done).await;
    }
}

/// A provider that people come in by, and one of them at a browser.
pub(super) async fn signed_in(scene: &Scene) -> Browser {
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, FINANCE, NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    browser
}

async fn is_in(scene: &Scene, browser: &Browser) -> bool {
    browser.clone().go(&scene.url(NEXT)).await.path == NEXT
}

/// S5 between two sign-ins: what a group gave goes while the person is signed in. What is known already leaves no evidence.
#[tokio::test]
async fn a_group_that_is_lost_takes_its_role_while_somebody_is_signed_in() {
    let scene = stage().await;
    let world = scene.world();
    let (workspace, slug) = world.workspace().await;
    let role = world.role(&[]).await;
    let name = text(&world.get(&format!("roles/{role}")).await, "name");
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    change(&mut owner, &id, &format!("Finance = member\nFinance = {slug}: {name}\n")).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    scene.sign_in(&mut browser, FINANCE, NEXT).await;
    let found = async || {
        let people = world.list("members").await;
        people.into_iter().find(|person| person["email"] == FINANCE).expect("the newcomer")
    };
    let person = text(&found().await, "id");
    let inside = async || {
        let members = world.list(&format!("workspaces/{workspace}/memberships")).await;
        members.iter().any(|membership| membership.to_string().contains(&person))
    };
    assert!(found().await["role"] == "member" && inside().await);
    scene.until("refreshed", 2).await;
    let words = world.decisions("action=member.provision").await;
    assert_eq!(words.len(), 1, "the sign-in's: {words:?}");

    scene.control("lost=Finance").await;
    let is_guest = async || (found().await["role"] == "guest").then_some(());
    eventually("the role is gone", SOON, is_guest).await;
    assert!(!inside().await, "and so is the place");
    assert!(is_in(&scene, &browser).await, "in the very session");
    let words = world.decisions("action=member.provision").await;
    let is_told = words.iter().any(|word| word.to_string().contains("while signed in"));
    assert!(is_told && words.len() == 2, "{words:?}");
}

/// S7: whom the provider lets go is out with the next refresh, and the evidence says why; nobody else is.
#[tokio::test]
async fn who_is_let_go_at_the_provider_is_out_with_the_next_refresh() {
    let scene = stage().await;
    let browser = signed_in(&scene).await;
    let owner = scene.owner().await;
    let mut other = Browser::default();
    scene.sign_in(&mut other, "finance.two@northwind.example", NEXT).await;
    scene.until("refreshed", 1).await;
    assert!(is_in(&scene, &browser).await);

    scene.control("disabled=finance").await;
    let is_out = async || (!is_in(&scene, &browser).await).then_some(());
    eventually("the session has ended", SOON, is_out).await;
    assert!(is_in(&scene, &other).await && is_in(&scene, &owner.browser).await);
    let ended = scene.world().decisions("action=member.sign_out").await;
    assert_eq!(ended.len(), 1, "{ended:?}");
    let said = ended[0].to_string();
    assert!(
        said.contains("no longer stands behind this sign-in") && said.contains("invalid_grant"),
        "{said}"
    );
}

/// A provider that fails or is gone says nothing about anybody, whatever stands in its answer, and is asked again.
#[tokio::test]
async fn a_provider_that_does_not_answer_ends_nothing() {
    let mut scene = stage().await;
    let browser = signed_in(&scene).await;
    scene.until("refreshed", 1).await;

    scene.control("down=yes").await;
    scene.until("failed", 2).await;
    assert!(is_in(&scene, &browser).await, "it has failed");
    scene.control("down=no").await;
    let before = scene.issued().await["refreshed"].as_u64().unwrap_or_default();
    scene.until("refreshed", before + 2).await;

    scene.providers.child.kill();
    let failures = |scene: &Scene| {
        scene.own.program.child.stderr().matches("a provider could not be asked again about somebody").count()
    };
    let before = failures(&scene);
    eventually("it was tried", SOON, async || (failures(&scene) >= before + 2).then_some(())).await;
    assert!(is_in(&scene, &browser).await, "it is gone");
    assert!(scene.world().decisions("action=member.sign_out").await.is_empty());
}

/// I5: each refresh token is good for one refresh, so the next one is kept in its place; and nothing that the provider gave
/// can be read from the database or the log.
#[tokio::test]
async fn each_refresh_token_takes_the_place_of_the_last_and_none_can_be_read() {
    let scene = stage().await;
    let browser = signed_in(&scene).await;
    scene.until("refreshed", 4).await;
    assert!(is_in(&scene, &browser).await, "one that was used before ends everything at this provider");

    let issued = scene.issued().await;
    let texts = |what: &str| -> Vec<String> {
        let list = issued[what].as_array().expect("a list");
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (refresh, identity) = (texts("refresh_tokens"), texts("id_tokens"));
    assert!(refresh.len() > 4 && identity.len() > 4, "{issued}");
    let files = files(scene.own.data.path());
    assert!(files.iter().any(|(name, _)| name.ends_with("sqlite")), "the database is among them");
    let log = scene.own.program.child.stderr();
    for token in refresh.iter().chain(&identity) {
        let signature = token.rsplit('.').next().unwrap_or(token);
        for part in [token.as_str(), signature] {
            for (name, bytes) in &files {
                assert!(!bytes.windows(part.len()).any(|bytes| bytes == part.as_bytes()), "{name}");
            }
            assert!(!log.contains(part), "the log");
        }
    }
}

/// Every file under a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let all = entries.flat_map(|entry| match entry.path() {
        path if path.is_dir() => files(&path),
        path => vec![(path.display().to_string(), std::fs::read(&path).unwrap_or_default())],
    });
    all.collect()
}

/// A provider that refuses a client the scope keeps nobody out: they are sent there once more without it, and the next one
/// is not asked for it at all.
#[tokio::test]
async fn a_client_that_may_have_no_refresh_token_is_asked_for_none() {
    let scene = stage().await;
    let mut owner = scene.owner().await;
    let id = connected(&mut owner).await;
    let at = format!("/connections/{id}");
    owner.submit(&at, &format!("{at}/do/key"), &[]).await;
    scene.control(&format!("keys={}", scene.url(&format!("/sso/keys/{id}")))).await;
    for _ in 0..2 {
        let page = owner.test(&id, "maya@northwind.example").await;
        assert!(page.text.contains("The test has passed"), "{} {}", page.status, page.text);
        assert_eq!(scene.issued().await["refused"], 1);
    }
}
