//! Passkeys in a real browser, with a virtual authenticator: made on the account, used to sign in and to prove it again.

use testkit::browser::{Browser, Seat, Tab, button, field, link};
use testkit::ports;

use super::person::sign_in_link;
use super::{of, rewrite};
use crate::world::{Own, text};

/// A program that is reached by a name: passkeys belong to one.
async fn named() -> (Own, String) {
    let address = ports::loopback(ports::free());
    let site = format!("http://localhost:{}", address.port());
    let own = Own::start_on(address, &[("ANSWERABLE_SERVER__PUBLIC_URL", &site)]).await;
    (own, site)
}

/// Adds a passkey of that name on the account.
async fn add(tab: &Tab, name: &str) {
    tab.go("/account").await;
    let _ = tab.click(link("Add a passkey")).await.says("Add a passkey");
    tab.fill(field("Name of the passkey (optional)"), name).await;
    tab.hit(button("Make passkey")).await;
    let _ = tab.until_it_says("The passkey is added").await.at("/account").says(name);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passkey_is_made_signs_in_and_proves_it_again() {
    let (own, site) = named().await;
    let owners = own.world.list("members?role=owner").await;
    let owner = text(&owners[0], "id");
    let tab = Browser::shared().open(&site, Seat::default()).await;
    tab.authenticator().await;
    tab.go(&sign_in_link(&own.world, &owner)).await;
    let _ = tab.click(button("Sign in")).await.at("/o/northwind");
    add(&tab, "Work laptop").await;

    // Signed out, the passkey alone signs in, without any name being typed.
    tab.go("/account").await;
    let _ = tab.click(button("Sign out")).await.at("/sign-in");
    let _ = tab.click(link("Sign in with a passkey")).await.at("/sign-in/passkey");
    tab.hit(button("Use passkey")).await;
    tab.until_it_is_at("/o/northwind").await;
    let _ = tab.go("/account").await.says("Work laptop").says("passkey").hides("never used");

    // More than five minutes later, what is dangerous asks for it again, and goes on where it was.
    rewrite(
        &own,
        &format!("update sessions set authenticated_at = authenticated_at - 300000000 where {}", of(&owner)),
    );
    let before = tab.cookie().await;
    let _ = tab.go("/account/password").await.at("/step-up").says("Prove that it is you");
    tab.hit(button("Use passkey")).await;
    let _ = tab.until_it_is_at("/account/password").await.says("Set your password");
    assert_ne!(tab.cookie().await, before, "a new session at step-up");
    assert_eq!(tab.troubles().await, Vec::<String>::new());

    // Removed, it opens nothing any more.
    tab.go("/account").await;
    let _ = tab.click(button("Remove passkey Work laptop")).await.says("The passkey is removed");
    tab.click(button("Sign out")).await;
    tab.go("/sign-in/passkey").await;
    tab.hit(button("Use passkey")).await;
    let _ = tab.until_it_says("not known here").await.at("/sign-in/passkey");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_makes_one_passkey_for_a_person_and_another_device_another() {
    let (own, site) = named().await;
    let owners = own.world.list("members?role=owner").await;
    let tab = Browser::shared().open(&site, Seat::default()).await;
    tab.authenticator().await;
    tab.go(&sign_in_link(&own.world, &text(&owners[0], "id"))).await;
    let _ = tab.click(button("Sign in")).await.at("/o/northwind");
    add(&tab, "Work laptop").await;
    tab.click(link("Add a passkey")).await;
    tab.hit(button("Make passkey")).await;
    tab.until_it_says("has a passkey for this account already").await;

    // What somebody brings who was not asked for it is nothing.
    tab.go("/sign-in/passkey").await;
    let sent = "(async () => { const form = document.querySelector('main form'); form.elements.credential.value = '{}'; \
        form.requestSubmit(); })()";
    tab.evaluate(sent).await;
    tab.until_it_says("not known here").await;
}
