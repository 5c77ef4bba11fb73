//! How streams of signals fare, and who asks them.

use chrono::TimeDelta;
use model::*;
use store::StreamStanding;

use crate::place::Place;
use crate::world::{World, start};

/// A stream that is asked for, written as a fact.
async fn polled(world: &mut World) -> SignalStreamId {
    let id = SignalStreamId::draw(start(), &mut world.chance);
    let created_by = world.person("Ben Okafor").await;
    let stream = SignalStream {
        id,
        name: "Polled".parse().unwrap(),
        issuer: "https://login.example".to_owned(),
        audience: "northwind".to_owned(),
        jwks_url: "https://login.example/keys".to_owned(),
        delivery: Delivery::Poll {
            url: "https://login.example/poll".to_owned(),
            secret: SecretId::draw(start(), &mut world.chance),
        },
        created_at: start(),
        created_by,
    };
    world.write(&[Edit::create(stream)]).await.unwrap();
    id
}

pub(crate) async fn a_stream_is_asked_by_one_node_when_it_is_due(place: &Place) {
    let mut one = World::create(&place.store, 41, "one").await;
    let mut other = World::create(&place.store, 42, "other").await;
    let (stream, theirs) = (polled(&mut one).await, polled(&mut other).await);
    let (store, organization) = (&place.store, one.organization);
    let at = |minutes| start() + TimeDelta::minutes(minutes);
    let due = store.due_streams(at(0), 10).await.unwrap();
    let ids: Vec<_> = due.iter().map(|due| (due.organization, due.stream)).collect();
    assert_eq!(ids.len(), 2, "of all organizations");
    assert!(ids.contains(&(organization, stream)) && ids.contains(&(other.organization, theirs)));
    let ours = due.into_iter().find(|due| due.stream == stream).unwrap();
    assert!(store.take_stream(ours, at(0), at(5)).await.unwrap());
    assert!(!place.again().await.take_stream(ours, at(0), at(5)).await.unwrap(), "another node was faster");
    assert_eq!(store.due_streams(at(0), 10).await.unwrap().len(), 1);
    assert!(
        store.take_stream(ours, at(5), at(9)).await.unwrap(),
        "a node that ended half-way asks no longer"
    );

    store.note_stream_failed(organization, stream, at(6), at(5), "it is down").await.unwrap();
    store.note_stream_failed(organization, stream, at(7), at(6), "it is still down").await.unwrap();
    let standing = async || store.stream_standings(organization).await.unwrap().remove(&stream).unwrap();
    let down =
        StreamStanding { heard_at: None, failures: 2, failure: Some((at(6), "it is still down".to_owned())) };
    assert_eq!(standing().await, down);
    assert_eq!(store.due_streams(at(7), 10).await.unwrap().len(), 2);
    store.note_stream_asked(organization, stream, at(8)).await.unwrap();
    assert_eq!(standing().await, StreamStanding::default(), "it is up again");

    // A signal that was refused stays told until one is believed.
    store.note_stream_refused(organization, stream, at(8), "not its key").await.unwrap();
    store.note_stream_asked(organization, stream, at(9)).await.unwrap();
    assert_eq!(standing().await.failure, Some((at(8), "not its key".to_owned())));
    store.note_stream_heard(organization, stream, at(9)).await.unwrap();
    assert_eq!(standing().await, StreamStanding { heard_at: Some(at(9)), ..StreamStanding::default() });
    assert!(store.stream_standings(other.organization).await.unwrap().is_empty());
    store.forget_stream_standing(organization, stream).await.unwrap();
    assert!(store.stream_standings(organization).await.unwrap().is_empty());
}

pub(crate) async fn a_transmitters_token_is_its_organizations(place: &Place) {
    let (one, other) =
        (World::create(&place.store, 43, "one").await, World::create(&place.store, 44, "other").await);
    let (store, stream, id) = (&place.store, SignalStreamId::MAX, SecretId::MAX);
    store.keep_stream_secret(one.organization, stream, id, b"one".to_vec(), start()).await.unwrap();
    assert_eq!(store.stream_secret(other.organization, id).await.unwrap(), None);
    store.keep_stream_secret(other.organization, stream, id, b"other".to_vec(), start()).await.unwrap();
    assert_eq!(store.stream_secret(one.organization, id).await.unwrap(), Some(b"one".to_vec()));
    store.forget_stream_secrets(one.organization, stream).await.unwrap();
    assert_eq!(store.stream_secret(one.organization, id).await.unwrap(), None);
    assert_eq!(store.stream_secret(other.organization, id).await.unwrap(), Some(b"other".to_vec()));
}
