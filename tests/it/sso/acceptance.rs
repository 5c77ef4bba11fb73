//! S2: an organization takes one account of another's provider, when somebody there accepts it, and lets go of it when
//! somebody there withdraws it. Nothing else that the same provider says opens it.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::http::{Request, Response};
use testkit::process::eventually;

use super::browser::{Browser, Page};
use super::scene::{Admin, Scene};
use crate::pages::hidden;
use crate::sign_in::Person;
use crate::world::{World, text, unique};

const FINANCE: &str = "finance@northwind.example";
const SALES: &str = "sales@northwind.example";

/// The mailer looks every two seconds.
const SOON: Duration = Duration::from_secs(30);

/// Northwind has a provider, by which somebody comes in who is to be a member of another organization too.
struct Guest<'s> {
    scene: &'s Scene,
    connection: String,
    user: String,
    browser: Browser,
    other: World,
}

impl<'s> Guest<'s> {
    async fn of(scene: &'s Scene) -> Self {
        let mut owner = scene.owner().await;
        let connection = owner.connect(scene.vendors()[0], true).await;
        owner.test(&connection, "maya@northwind.example").await;
        owner.prove("northwind.example").await;
        let mut browser = Browser::default();
        scene.sign_in(&mut browser, FINANCE, "/account").await;
        let people = scene.world().list("members").await;
        let person = people.iter().find(|person| person["email"] == FINANCE).expect("them");
        let user = text(person, "id");
        Self { scene, connection, user, browser, other: scene.world().neighbour().await }
    }

    /// They become a member there, signed in on this installation itself.
    async fn joins(&self) {
        let link = self.other.post("member-invitations", &json!({"role": "member"})).await;
        let token = text(&link, "link").rsplit('/').next().expect("a token").to_owned();
        let mut themselves = Person::of(self.scene.world(), &self.user).await;
        let answer = themselves.send(&format!("/invitations/{token}"), &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }

    /// What the other organization answers to the session that they have.
    async fn enters(&mut self) -> u16 {
        let there = self.scene.url(&format!("/o/{}/workspaces", self.other.organization));
        self.browser.get(&there).await.status
    }

    /// They ask an organization to let them in, and see what is said.
    async fn asks(&mut self, organization: &str) -> Page {
        let page = self.browser.go(&self.scene.url("/choose")).await;
        let csrf = hidden(&page.text, "csrf").expect("a form");
        let fields = [("csrf", csrf.as_str()), ("organization", organization)];
        let sent = self.browser.post(&self.scene.url("/choose/ask"), &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        self.browser.go(&self.scene.url("/choose")).await
    }

    /// The first owner of the other organization.
    async fn boss(&self) -> Admin<'s> {
        let owners = self.other.list("members?role=owner").await;
        self.scene.signed_in_at(&self.other, &text(&owners[0], "id")).await
    }

    fn person(&self) -> String {
        self.scene.url(&format!("/o/{}/people/{}", self.other.organization, self.user))
    }

    /// The page of the person, as the other organization has it.
    async fn shown_to(&self, boss: &mut Admin<'_>) -> Page {
        let page = boss.browser.go(&self.person()).await;
        assert_eq!(page.status, 200, "{}", page.text);
        page
    }

    /// Somebody there presses a button about the account that stands first.
    async fn answered(&self, boss: &mut Admin<'_>, verb: &str) -> Page {
        let page = self.shown_to(boss).await;
        let csrf = hidden(&page.text, "csrf").expect("a form");
        let at = format!("{}/identities/{}/{verb}", self.person(), first(&page));
        let sent = boss.browser.post(&at, &[("csrf", &csrf)]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        self.shown_to(boss).await
    }

    /// Where the API has the accounts of the person.
    fn identities(&self) -> String {
        format!("members/{}/identities", self.user)
    }
}

/// The id of the account that stands first on a page.
fn first(page: &Page) -> String {
    let (_, rest) = page.text.split_once("/identities/").expect("an account on the page");
    rest.split('/').next().expect("an id").to_owned()
}

/// A request for the API by a session.
async fn api(person: &mut Person, method: &str, path: &str, body: &Value) -> Response {
    let request = Request::new(method, path).header("sec-fetch-site", "same-origin");
    person.exchange(if method == "GET" { request } else { request.json(body) }).await
}

#[tokio::test]
async fn an_organization_takes_one_account_of_anothers_provider_and_lets_go_of_it() {
    let scene = Scene::start().await;
    let mut guest = Guest::of(&scene).await;
    guest.joins().await;
    let slug = guest.other.organization.clone();

    // Refused, and told what can be done, whether there is such an organization or not.
    assert_eq!(guest.enters().await, 404);
    for organization in [slug.as_str(), "nowhere"] {
        let page = guest.browser.get(&scene.url(&format!("/o/{organization}"))).await.text();
        assert!(page.contains("does not take the way you signed in"), "{page}");
    }
    let page = guest.browser.go(&scene.url("/choose")).await;
    assert!(page.text.contains("An organization of yours is not here"), "{}", page.text);
    assert!(!page.text.contains(&slug), "whoever runs the provider learns of no other: {}", page.text);
    for organization in ["nowhere", &slug] {
        let page = guest.asks(organization).await;
        assert!(page.text.contains("If you are a member there"), "{organization}: {}", page.text);
    }
    assert_eq!(guest.enters().await, 404, "to ask opens nothing");

    let mut boss = guest.boss().await;
    let page = guest.shown_to(&mut boss).await;
    assert!(page.text.contains("They ask") && page.text.contains(FINANCE), "{}", page.text);
    let page = guest.answered(&mut boss, "accept").await;
    assert!(page.text.contains("Accepted") && !page.text.contains("They ask"), "{}", page.text);
    assert_eq!(guest.enters().await, 200, "the same session, at the next click");
    let listed = guest.other.get(&guest.identities()).await;
    let one = &listed["items"][0];
    assert_eq!((one["state"].as_str(), one["counts"].as_bool()), (Some("accepted"), Some(true)), "{listed}");
    assert!(!listed.to_string().contains(&guest.connection), "whose provider it is, is not told: {listed}");

    // What another organization accepts sets no password that would outlast it.
    let page = guest.browser.go(&scene.url("/account/password")).await;
    assert_eq!(page.status, 409, "{}", page.text);
    assert!(page.text.contains("what you want counts in others too"), "{}", page.text);

    let at = format!("{}/identities/{}/withdraw", guest.person(), first(&guest.shown_to(&mut boss).await));
    let asked = boss.browser.go(&at).await;
    assert!(asked.text.contains("opens nothing here from the next click on"), "{}", asked.text);
    let page = guest.answered(&mut boss, "withdraw").await;
    assert!(!page.text.contains(FINANCE), "{}", page.text);
    assert_eq!(guest.enters().await, 404, "out at the next click");
    let home = guest.browser.go(&scene.url("/o/northwind/workspaces")).await;
    assert_eq!(home.status, 200, "and nowhere else");
    let changes = guest.other.list("audit?kind=accepted_identity").await;
    assert_eq!(changes.len(), 2, "accepted and withdrawn: {changes:?}");
    assert!(!format!("{changes:?}").contains(&guest.connection), "{changes:?}");
}

/// The letters that were sent so far.
fn letters(scene: &Scene) -> Vec<String> {
    let folder = std::fs::read_dir(scene.own.data.path().join("mail"));
    let files = folder.into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

/// Whoever can answer is told: by one letter each, on the overview, and in the list of people. Nobody else is.
#[tokio::test]
async fn who_administers_is_told_that_somebody_asks() {
    let scene = Scene::start().await;
    let mut guest = Guest::of(&scene).await;
    guest.joins().await;
    let slug = guest.other.organization.clone();
    let role = |name: &str, role: &str| json!({"name": name, "email": format!("{role}@contoso.example"), "role": role});
    guest.other.post("members", &role("Ann", "admin")).await;
    let member = text(&guest.other.post("members", &role("Ben", "member")).await, "id");
    let (overview, list) = (scene.url(&format!("/o/{slug}")), scene.url(&format!("/o/{slug}/people")));
    let mut boss = guest.boss().await;
    assert!(!boss.browser.go(&overview).await.text.contains("come in through their own organization"));

    for _ in 0..2 {
        guest.asks(&slug).await;
    }
    let page = boss.browser.go(&overview).await;
    assert!(page.text.contains("1 person asks to come in through their own organization"), "{}", page.text);
    let leads = format!("/o/{slug}/people?asks=yes");
    assert!(page.text.contains(&leads), "{}", page.text);
    let page = boss.browser.go(&scene.url(&leads)).await;
    assert!(page.text.contains("Asks to come in") && page.text.contains(&guest.user), "{}", page.text);
    assert!(!page.text.contains(&member), "and nobody who does not: {}", page.text);
    let asking = guest.other.list("members?asks=yes").await;
    assert_eq!(asking.iter().map(|person| text(person, "id")).collect::<Vec<_>>(), [guest.user.clone()]);

    let mut ben = scene.signed_in_at(&guest.other, &member).await;
    assert!(!ben.browser.go(&overview).await.text.contains("come in through their own organization"));
    assert!(!ben.browser.go(&list).await.text.contains("Asks to come in"));

    let sent = async || letters(&scene).into_iter().find(|letter| letter.contains("asks to come in to"));
    let letter = eventually("the letter is sent", SOON, sent).await;
    let person = format!("/o/{slug}/people/{}", guest.user);
    assert!(letter.contains("To: admin@contoso.example") && letter.contains(&person), "{letter}");
    guest.answered(&mut boss, "accept").await;
    let all = letters(&scene);
    assert_eq!(all.iter().filter(|letter| letter.contains("asks to come in to")).count(), 1, "{all:?}");
    let page = boss.browser.go(&overview).await;
    assert!(!page.text.contains("come in through their own organization"), "answered: {}", page.text);
}

#[tokio::test]
async fn another_account_of_the_same_person_at_the_same_provider_opens_nothing() {
    let scene = Scene::start().await;
    let mut guest = Guest::of(&scene).await;
    guest.joins().await;
    guest.browser.forget(scene.providers.okta);
    let tie = format!(
        "/sso/continue?connection={}&for=link&next=%2Faccount&address=sales%40northwind.example",
        guest.connection
    );
    let page = guest.browser.go(&scene.url(&tie)).await;
    assert_eq!(page.path, "/account", "{} {}", page.status, page.text);

    guest.asks(&guest.other.organization.clone()).await;
    let mut boss = guest.boss().await;
    guest.answered(&mut boss, "accept").await;
    assert_eq!(guest.enters().await, 200);

    let mut second = Guest { browser: Browser::default(), ..guest };
    scene.sign_in(&mut second.browser, SALES, "/account").await;
    assert_eq!(second.browser.go(&scene.url("/o/northwind/workspaces")).await.status, 200, "the same person");
    assert_eq!(second.enters().await, 404, "by an account that nobody accepted");
}

#[tokio::test]
async fn who_administers_nothing_accepts_nothing_and_no_key_does() {
    let scene = Scene::start().await;
    let mut guest = Guest::of(&scene).await;
    guest.joins().await;
    guest.asks(&guest.other.organization.clone()).await;
    let mut boss = guest.boss().await;
    let id = first(&guest.shown_to(&mut boss).await);
    let path = guest.other.path(&format!("{}/{id}/accept", guest.identities()));
    for role in ["member", "auditor", "guest"] {
        let user = guest.other.person_as(&unique("Somebody"), role).await;
        let mut person = Person::of(&guest.other, &user).await;
        let answer = api(&mut person, "POST", &path, &json!({})).await;
        assert!(matches!(answer.status, 403 | 404), "{role}: {} {}", answer.status, answer.text());
        let listed = api(&mut person, "GET", &guest.other.path(&guest.identities()), &Value::Null).await;
        assert_eq!(listed.status == 200, role == "auditor", "{role}: {}", listed.text());
    }
    let key = guest.other.manage("POST", &format!("{}/{id}/accept", guest.identities()), None).await;
    assert_eq!((key.status, key.json()["reason"].as_str()), (403, Some("signed_in_only")), "{}", key.text());
    assert_eq!(guest.enters().await, 404);

    // An administrator does, by the API; a key declines and withdraws.
    let ann = guest.other.person_as("Ann", "admin").await;
    let mut ann = Person::of(&guest.other, &ann).await;
    let answer = api(&mut ann, "POST", &path, &json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(guest.enters().await, 200);
    let gone = guest.other.manage("DELETE", &format!("{}/{id}", guest.identities()), None).await;
    assert_eq!(gone.status, 200, "{}", gone.text());
    assert_eq!(guest.enters().await, 404);
    let again = guest.other.manage("DELETE", &format!("{}/{id}", guest.identities()), None).await;
    assert_eq!(again.status, 404, "{}", again.text());
}

#[tokio::test]
async fn an_organization_that_demands_its_own_provider_takes_no_other() {
    let scene = Scene::start().await;
    let mut guest = Guest::of(&scene).await;
    guest.joins().await;
    guest.asks(&guest.other.organization.clone()).await;
    let mut boss = guest.boss().await;
    guest.answered(&mut boss, "accept").await;
    assert_eq!(guest.enters().await, 200);

    let own = boss.connect(scene.vendors()[1], false).await;
    boss.test(&own, "jonas@contoso.example").await;
    let owners = guest.other.list("members?role=owner").await;
    let mut person = Person::of(&guest.other, &text(&owners[0], "id")).await;
    person.set_password().await;
    let settings = format!("/o/{}/settings/sign-in", guest.other.organization);
    let user = text(&owners[0], "id");
    let answer = person.submit(&format!("{settings}/break-glass"), &[("user", user.as_str())]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    // Setting a password signed them out of their other browser.
    let mut boss = guest.boss().await;
    let at = format!("/connections/{own}/enforce");
    let page = boss.submit(&at, &at, &[("reason", "everybody by our provider")]).await;
    assert!(page.text.contains("From now on only this provider"), "{} {}", page.status, page.text);

    assert_eq!(guest.enters().await, 404, "the acceptance is ignored");
    let page = guest.shown_to(&mut boss).await;
    assert!(page.text.contains("Your organization demands its own provider"), "{}", page.text);
    assert!(page.text.contains("Opens nothing"), "{}", page.text);
    let listed = guest.other.get(&guest.identities()).await;
    assert_eq!(listed["items"][0]["because"].as_str(), Some("demanded"), "{listed}");

    let at = format!("/connections/{own}");
    boss.submit(&at, &format!("{at}/do/relax"), &[]).await;
    assert_eq!(guest.enters().await, 200, "it counts again");
}

/// Whoever invites says beforehand whether the account that somebody comes with is taken.
#[tokio::test]
async fn an_invitation_takes_the_account_that_somebody_comes_with_or_asks_for_it() {
    let scene = Scene::start().await;
    let mut guest = Guest::of(&scene).await;
    let wanted = json!({"role": "member", "accepts_identity": true});
    let refused = guest.other.manage("POST", "member-invitations", Some(&wanted)).await;
    assert_eq!((refused.status, refused.json()["reason"].as_str()), (403, Some("signed_in_only")));

    let owners = guest.other.list("members?role=owner").await;
    let mut person = Person::of(&guest.other, &text(&owners[0], "id")).await;
    let made = api(&mut person, "POST", &guest.other.path("member-invitations"), &wanted).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let link = text(&made.json(), "link").rsplit('/').next().expect("a token").to_owned();
    let link = scene.url(&format!("/invitations/{link}"));
    let page = guest.browser.go(&link).await;
    assert!(page.text.contains("takes this one account of yours"), "{}", page.text);
    let joined = guest.browser.post(&link, &[]).await;
    let there = format!("/o/{}", guest.other.organization);
    assert_eq!((joined.status, joined.header("location")), (303, Some(there.as_str())), "{}", joined.text());
    assert_eq!(guest.enters().await, 200);

    // Another one does not say so: it is asked, and they are told where they are.
    guest.other = scene.world().neighbour().await;
    let made = guest.other.post("member-invitations", &json!({"role": "member"})).await;
    let link = text(&made, "link").rsplit('/').next().expect("a token").to_owned();
    let link = scene.url(&format!("/invitations/{link}"));
    let page = guest.browser.go(&link).await;
    assert!(page.text.contains("Joining asks it to take this one account"), "{}", page.text);
    let joined = guest.browser.post(&link, &[]).await;
    assert_eq!((joined.status, joined.header("location")), (303, Some("/choose")), "{}", joined.text());
    assert_eq!(guest.enters().await, 404);
    let mut boss = guest.boss().await;
    guest.answered(&mut boss, "accept").await;
    assert_eq!(guest.enters().await, 200);
}
