//! I5: secrets at rest, each organization's under a key of its own.

use model::OrganizationId;
use store::{Store, StoreError, installation};

use crate::place::{Place, secrets};
use crate::world::World;

const SECRET: &[u8] = b"client secret of northwind";

async fn opened(store: &Store, organization: OrganizationId, sealed: &[u8]) -> Option<Vec<u8>> {
    let opened = store.open(organization, "connections", "client_secret", "c1", sealed).await;
    assert!(matches!(opened, Ok(_) | Err(StoreError::Sealed(_))), "{opened:?}");
    opened.ok().map(|secret| secret.to_vec())
}

pub(crate) async fn a_secret_opens_where_it_was_sealed_and_nowhere_else(place: &Place) {
    let store = &place.store;
    let one = World::create(store, 81, "northwind").await.organization;
    let two = World::create(store, 82, "contoso").await.organization;
    let seal = async |organization| {
        store.seal(organization, "connections", "client_secret", "c1", SECRET).await.unwrap()
    };
    let sealed = seal(one).await;
    assert!(!sealed.windows(SECRET.len()).any(|window| window == SECRET));
    assert_eq!(opened(store, one, &sealed).await.as_deref(), Some(SECRET));
    assert_eq!(opened(&place.again().await, one, &sealed).await.as_deref(), Some(SECRET), "another process");
    assert_ne!(seal(one).await, sealed, "the same secret is never the same bytes");

    seal(two).await;
    assert_eq!(opened(store, two, &sealed).await, None, "another organization");
    assert_eq!(opened(store, installation(), &sealed).await, None);
    let places =
        [("connection", "sclient_secret", "c1"), ("connections", "client_secret", "c2"), ("", "", "")];
    for (table, column, row) in places {
        let moved = store.open(one, table, column, row, &sealed).await;
        assert!(matches!(moved, Err(StoreError::Sealed(_))), "{table}.{column} of {row}: {moved:?}");
    }
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(opened(store, one, &changed).await, None, "byte {at}");
        assert_eq!(opened(store, one, &sealed[..at]).await, None, "cut at {at}");
    }
    let person = store.seal(installation(), "totp", "seed", "u1", SECRET).await.unwrap();
    let found = store.open(installation(), "totp", "seed", "u1", &person).await.unwrap();
    assert_eq!(found.as_slice(), SECRET);
    let nobody = store.seal(OrganizationId::MAX, "connections", "client_secret", "c1", SECRET).await;
    assert!(nobody.is_err(), "no key is made for an organization that is not there");
}

pub(crate) async fn the_key_encryption_key_turns_without_rewriting_what_is_sealed(place: &Place) {
    let old = place.again().await.with_secrets(secrets(&["0a"]));
    let one = World::create(&old, 83, "northwind").await.organization;
    let sealed = old.seal(one, "connections", "client_secret", "c1", SECRET).await.unwrap();
    let person = old.seal(installation(), "connections", "client_secret", "c1", SECRET).await.unwrap();

    let both = place.again().await.with_secrets(secrets(&["0b", "0a"]));
    assert_eq!(opened(&both, one, &sealed).await.as_deref(), Some(SECRET), "before anything is rewrapped");
    both.check_data_keys().await.unwrap();
    assert_eq!(both.rewrap_data_keys().await.unwrap(), 2);
    assert_eq!(both.rewrap_data_keys().await.unwrap(), 0, "once is enough");
    let new = place.again().await.with_secrets(secrets(&["0b"]));
    assert_eq!(opened(&new, one, &sealed).await.as_deref(), Some(SECRET), "the very same bytes");
    assert_eq!(opened(&new, installation(), &person).await.as_deref(), Some(SECRET));

    let lost = place.again().await.with_secrets(secrets(&["0a"]));
    assert_eq!(opened(&lost, one, &sealed).await, None);
    assert!(matches!(lost.check_data_keys().await, Err(StoreError::Sealed(_))));
}

pub(crate) async fn a_destroyed_data_key_destroys_the_secrets(place: &Place) {
    let one = World::create(&place.store, 84, "northwind").await.organization;
    let sealed = place.store.seal(one, "connections", "client_secret", "c1", SECRET).await.unwrap();
    place.sql("delete from data_keys").await;
    assert_eq!(opened(&place.store, one, &sealed).await, None);
    place.store.seal(one, "connections", "client_secret", "c1", SECRET).await.unwrap();
    assert_eq!(opened(&place.store, one, &sealed).await, None, "a new key opens nothing old");
}
