//! Who could come in past a provider: known under the organization's lock, and never the last of their ways gone unnoticed.

use model::*;
use store::{Account, BreakGlassEdit, Method, Removal, StoredPasskey};
use uuid::Uuid;

use crate::place::Place;
use crate::world::{World, start};

const PASSKEY: Uuid = Uuid::from_u128(7);

async fn named(world: &mut World) {
    let writing = world.store.begin(world.organization).await.unwrap();
    let add = BreakGlassEdit::Add { user: world.boss, at: start(), most: 2 };
    assert!(writing.break_glass(add).await.unwrap());
    world.write_in(writing, &[]).await.unwrap();
}

async fn ready(world: &World) -> Vec<UserId> {
    let writing = world.store.begin(world.organization).await.unwrap();
    let ready = writing.ready_break_glass().await.unwrap();
    writing.rollback().await;
    ready
}

async fn passkey(world: &World) {
    let passkey = StoredPasskey {
        id: PASSKEY,
        user: world.boss,
        credential_id: vec![7; 32],
        name: "Laptop".to_owned(),
        passkey: "{}".to_owned(),
        created_at: start(),
        last_used_at: None,
    };
    world.store.add_passkey(&passkey).await.unwrap();
}

async fn password(world: &World) {
    let account = Account { user: world.boss, login: "boss".to_owned(), password: "$argon2id$".to_owned() };
    world.store.put_account(&account, start()).await.unwrap();
    world.store.put_totp(world.boss, b"seed").await.unwrap();
}

async fn revision(world: &World) -> Revision {
    let writing = world.store.begin(world.organization).await.unwrap();
    let revision = writing.revision();
    writing.rollback().await;
    revision
}

pub(crate) async fn who_could_come_in_past_a_provider_is_known_under_the_lock(place: &Place) {
    let mut world = World::create(&place.store, 91, "northwind").await;
    let boss = world.boss;
    passkey(&world).await;
    assert_eq!(ready(&world).await, [], "not named");
    named(&mut world).await;
    assert_eq!(ready(&world).await, [boss]);
    let (store, looked_at) = (&world.store, [(world.organization, revision(&world).await)]);
    let gone = store.remove_method(boss, Method::Passkey(PASSKEY), &looked_at, false).await.unwrap();
    assert_eq!((gone, ready(&world).await), (Removal::Gone, vec![]));
    let gone = store.remove_method(boss, Method::Passkey(PASSKEY), &looked_at, false).await.unwrap();
    assert_eq!(gone, Removal::Unknown);

    // A password opens nothing without an authenticator that counts.
    password(&world).await;
    assert_eq!(ready(&world).await, []);
    assert!(store.take_totp(boss, 1).await.unwrap());
    assert_eq!(ready(&world).await, [boss]);

    // What was looked at has moved on: it is looked at again.
    let old = [(world.organization, Revision(0))];
    let moved = store.remove_method(boss, Method::Password, &old, true).await.unwrap();
    assert_eq!(moved, Removal::Moved(world.organization, looked_at[0].1));
    let last = store.remove_method(boss, Method::Password, &looked_at, true).await.unwrap();
    assert_eq!((last, ready(&world).await), (Removal::Last, vec![boss]), "it stays whole");
}

pub(crate) async fn of_two_ways_that_are_taken_away_at_once_one_stays(place: &Place) {
    let mut world = World::create(&place.store, 92, "northwind").await;
    let boss = world.boss;
    passkey(&world).await;
    password(&world).await;
    assert!(world.store.take_totp(boss, 1).await.unwrap());
    named(&mut world).await;
    let looked_at = [(world.organization, revision(&world).await)];
    let mut removing = tokio::task::JoinSet::new();
    for method in [Method::Passkey(PASSKEY), Method::Password] {
        let store = place.again().await;
        removing.spawn(async move { store.remove_method(boss, method, &looked_at, true).await.unwrap() });
    }
    let mut removed = removing.join_all().await;
    removed.sort_by_key(|removal| *removal != Removal::Gone);
    assert_eq!(removed, [Removal::Gone, Removal::Last]);
    assert_eq!(ready(&world).await, [boss]);
}
