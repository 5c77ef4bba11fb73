//! A key is rotated while its agent goes on calling, and no call fails.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use testkit::browser::{Seat, button, css};

use super::{last, seats};
use crate::browser::beside_others;
use crate::browser::sitting::signed_in;
use crate::world::{Ask, Scene, World};

/// An agent that calls as fast as it is answered, with the key that it was given last.
struct Traffic {
    key: Mutex<String>,
    is_over: AtomicBool,
    calls: AtomicU64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_rotated_under_traffic() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let traffic = Traffic {
            key: Mutex::new(scene.acting.key.token.clone()),
            is_over: AtomicBool::new(false),
            calls: AtomicU64::new(0),
        };
        tokio::join!(traffic.flow(&scene), async {
            rotate(&scene, &traffic, seat).await;
            traffic.is_over.store(true, Ordering::Relaxed);
        });
    }
}

impl Traffic {
    async fn flow(&self, scene: &Scene<'_>) {
        while !self.is_over.load(Ordering::Relaxed) {
            let key = self.key.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let ask = Ask { credential: &key, server: &scene.server, tool: "search_notes", arguments: None };
            let answer = scene.world.check(ask).await;
            assert_eq!(answer["decision"], true, "a call failed: {answer}");
            self.calls.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits until calls have gone through since.
    async fn goes_on(&self) {
        let before = self.calls.load(Ordering::Relaxed);
        let more = async || (self.calls.load(Ordering::Relaxed) > before + 3).then_some(());
        testkit::process::eventually("calls go on", std::time::Duration::from_secs(20), more).await;
    }
}

async fn rotate(scene: &Scene<'_>, traffic: &Traffic, seat: Seat) {
    let tab = signed_in(scene.world, &scene.acting.owner, seat).await;
    let (org, old) = (&scene.world.organization, &scene.acting.key);
    traffic.goes_on().await;
    tab.go(&format!("/o/{org}/keys/{}/rotate", old.id)).await.says("When does the old key end?");
    tab.tick(css("input[name=grace][value='3600']"), true).await;
    tab.click(button("Rotate it")).await.says("The old key still counts and ends in an hour.");
    let new = tab.read(css("#secret-1")).await;
    tab.tick(css("#stored"), true).await;
    let both = tab.click(button("Done")).await.says("Both keys count until the old one ends");
    assert_ne!(last(&both.path), old.id);
    traffic.goes_on().await;
    *traffic.key.lock().unwrap_or_else(PoisonError::into_inner) = new;
    traffic.goes_on().await;
    tab.click(button("End it now")).await.says("Ended.").hides("Both keys count");
    traffic.goes_on().await;
    let ask = Ask { credential: &old.token, server: &scene.server, tool: "search_notes", arguments: None };
    assert_eq!(scene.world.check(ask).await["decision"], false, "the old key is refused");
    assert_eq!(tab.troubles().await, [""; 0]);
}
