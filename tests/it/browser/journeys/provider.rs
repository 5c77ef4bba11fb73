//! An administrator connects a provider, tests it and demands it, by clicks alone, and is not locked out.

use testkit::browser::{Seat, Tab, button, css, link};

use super::{seats, send};
use crate::browser::beside_others;
use crate::browser::sitting::admin;
use crate::sign_in::code_of;
use crate::sso::scene::Scene;

const SETTINGS: &str = "/o/northwind/settings/sign-in";
const ADDRESS: &str = "maya@northwind.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_is_connected_tested_and_demanded_by_clicks_alone() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let scene = Scene::start().await;
    let tab = admin(scene.world(), seat).await;
    let connection = connect(&scene, &tab).await;
    // Pages that leave by themselves are passed on the way, so what is waited for is where it ends.
    tab.hit(link("Test sign-in")).await;
    tab.until_it_says("The test has passed").await.says(ADDRESS);

    // Who demands a provider that could lock everybody out is told what is missing.
    tab.go(&format!("{connection}/enforce")).await.says("Who could not sign in any more").says("Maya Chen");
    send(&tab, &[("reason", "Everybody by the provider")], "Enforce it")
        .await
        .answers(422)
        .says("break-glass");

    way_past(&tab).await;
    tab.go("/account").await.says("Accounts of your organizations' providers");
    tab.hit(css("a[href*='for=link']")).await;
    tab.until_it_says("Tie another account").await;
    tab.go(&format!("{connection}/enforce")).await.says("Nobody: everybody active has come in by it before");
    send(&tab, &[("reason", "Everybody by the provider")], "Enforce it").await;

    prove(&scene, &tab).await;
    tab.go("/choose").await.says("northwind");
    tab.click(button("Sign out")).await.says("Sign in");
    tab.go(SETTINGS).await.says("Work e-mail");
    tab.fill(css("#email"), ADDRESS).await;
    tab.hit(button("Continue")).await;
    tab.until_it_is_at(SETTINGS).await;
    tab.until_it_says("enforced").await;
    assert_eq!(tab.troubles().await, [""; 0]);
}

/// From the list of providers to one whose secret is sealed. The path of its page.
async fn connect(scene: &Scene, tab: &Tab) -> String {
    let issuer = format!("http://{}", scene.vendors()[0].address);
    tab.go(SETTINGS).await.says("Identity providers");
    tab.click(link("Connect a provider")).await.says("Connect an identity provider");
    let typed = [("name", "Okta"), ("issuer", issuer.as_str()), ("client_id", "answerable")];
    send(tab, &typed, "Set the connection up").await.says("What the provider has to know");
    tab.click(link("Enter the secret")).await.says("Enter the client secret");
    let secret = [("client_secret", "okta-secret-that-is-long-enough-0123456789")];
    send(tab, &secret, "Seal the secret").await.says("sealed and in use").path
}

/// A password with an authenticator for the owner, who is named for the day when the provider is down.
async fn way_past(tab: &Tab) {
    tab.go("/account/password").await.says("Set your password");
    let typed = [("login", ADDRESS), ("password", "violet kettle nine drums by the river")];
    send(tab, &typed, "Set password").await.says("Set up authenticator");
    tab.click(button("Set up authenticator")).await.says("It is shown once");
    let seed = tab.read(css("#seed")).await;
    send(tab, &[("code", &code_of(&seed))], "Confirm").await.says("Recovery codes");

    tab.go(&format!("{SETTINGS}/break-glass")).await.says("Name somebody");
    tab.choose(css("#user"), "Maya Chen, owner").await;
    tab.click(button("Name them")).await.says("Take back");
}

/// Claims the domain and proves it by a record of its name servers.
async fn prove(scene: &Scene, tab: &Tab) {
    tab.go(SETTINGS).await;
    tab.click(link("Claim a domain")).await.says("Claim a domain");
    let page = send(tab, &[("name", "northwind.example")], "Claim the domain").await.says("token=");
    let (_, rest) = page.text.split_once("token=").expect("the record");
    let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    scene.resolver.says(&format!("token={token}"));
    tab.click(button("Look for the proof")).await.says("The domain is proven");
}
