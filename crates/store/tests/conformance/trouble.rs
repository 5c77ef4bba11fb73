//! Bad places and bad days.

use store::{Options, Store, StoreError};
use testkit::postgres::{self, Durability, Postgres};

use crate::calls::prepare;
use crate::place::Place;
use crate::world::World;

async fn connect(url: String) -> Result<Store, StoreError> {
    Store::connect(&Options { url, max_connections: 2 }).await
}

pub(crate) async fn a_place_that_cannot_be_used_is_said_so(place: &Place) {
    let word = |error: &StoreError| match error {
        StoreError::InvalidUrl(_) => "invalid url",
        StoreError::Unavailable(_) => "unavailable",
        _ => "something else",
    };
    let cases: Vec<(String, &str, &str)> = if place.is_sqlite() {
        let file = place.file();
        let below = file.join("x.sqlite");
        let inside = file.parent().unwrap();
        vec![
            (format!("sqlite://{}", below.display()), "unavailable", "store.sqlite"),
            (format!("sqlite://{}", inside.display()), "unavailable", "unable to open"),
            ("sqlite::memory:".to_owned(), "invalid url", "in memory"),
            ("sqlite://".to_owned(), "invalid url", "path"),
            ("mysql://localhost/x".to_owned(), "invalid url", "postgres://"),
            (String::new(), "invalid url", "sqlite://"),
        ]
    } else {
        let nowhere = testkit::ports::free();
        vec![
            (format!("postgres://postgres:secret@127.0.0.1:{nowhere}/x"), "unavailable", "refused"),
            (place.url.clone() + "_no_such", "unavailable", "does not exist"),
            ("postgres://127.0.0.1:port/x".to_owned(), "invalid url", "port"),
        ]
    };
    for (url, expected, says) in cases {
        let error = connect(url.clone()).await.unwrap_err();
        let text = error.to_string();
        assert_eq!(word(&error), expected, "{url}: {text}");
        assert!(text.contains(says), "{url}: {text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

/// The server goes away in mid-flight and comes back: refused meanwhile, and then as before, without help.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_returns_is_used_again() {
    let server = tokio::task::spawn_blocking(|| Postgres::new(Durability::On)).await.unwrap();
    let url = tokio::task::block_in_place(|| server.database());
    connect(postgres::owner(&url)).await.unwrap().migrate().await.unwrap();
    let store = connect(url).await.unwrap();
    let mut world = World::create(&store, 61, "northwind").await;
    let calls = prepare(&mut world).await;
    let before = calls.call(&mut world, calls.key, "notes", "create_note");
    store.append(std::slice::from_ref(&before)).await.unwrap();
    let writing = store.begin(world.organization).await.unwrap();

    let server = tokio::task::spawn_blocking(move || {
        server.crash();
        server
    })
    .await
    .unwrap();
    let away = calls.call(&mut world, calls.key, "notes", "create_note");
    let refused = store.append(std::slice::from_ref(&away)).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    let refused = world.write_in(writing, &[]).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    let refused = store.load(world.organization).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");

    let _server = tokio::task::spawn_blocking(move || {
        server.start();
        server
    })
    .await
    .unwrap();
    // Each connection of the pool may have to find out for itself.
    let mut tries = 0;
    while let Err(error) = store.append(std::slice::from_ref(&away)).await {
        tries += 1;
        assert!(tries < 10, "{error}");
    }
    assert!(store.decision(world.organization, before.id).await.unwrap().is_some());
    assert!(store.decision(world.organization, away.id).await.unwrap().is_some());
    world.person("Ben Okafor").await;
    assert_eq!(store.load(world.organization).await.unwrap().unwrap(), world.facts);
}

/// Two processes that start at once migrate once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_started_together_migrate_once() {
    let directory = testkit::directory::Directory::new();
    let postgres = tokio::task::spawn_blocking(|| Postgres::shared().database()).await.unwrap();
    for url in [format!("sqlite://{}", directory.join("store.sqlite").display()), postgres] {
        let mut nodes = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let store = connect(postgres::owner(&url)).await.unwrap();
            nodes.spawn(async move { store.migrate().await.unwrap().len() });
        }
        let mut applied = nodes.join_all().await;
        applied.sort_unstable();
        assert_eq!(applied[..3], [0, 0, 0], "{url}");
        assert!(applied[3] > 0, "{url}");
    }
}
