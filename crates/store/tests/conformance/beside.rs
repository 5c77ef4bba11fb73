//! What is kept beside the facts.

use chrono::TimeDelta;
use model::*;
use serde_json::json;
use store::{GatewaySilence, GatewayUsage, KeyUsage, Remembered};

use crate::place::Place;
use crate::world::{World, conflict, start};

pub(crate) async fn usage_only_moves_forward(place: &Place) {
    let mut world = World::create(&place.store, 31, "northwind").await;
    let (key, gateway) = (world.key_id(), GatewayId::MIN);
    let (store, organization) = (&place.store, world.organization);
    let minute = start() - TimeDelta::microseconds(123);
    let note = |minutes: i64, allowed, address: &str| KeyUsage {
        key,
        at: start() + TimeDelta::minutes(minutes),
        address: Some(address.parse().unwrap()),
        gateway: Some(gateway),
        allowed,
        denied: 1,
    };
    let seen = |minutes, allowed| GatewayUsage {
        gateway,
        at: start() + TimeDelta::minutes(minutes),
        allowed,
        denied: 0,
    };
    // Nodes report out of order.
    for (minutes, address) in
        [(5, "10.0.0.5"), (2, "10.0.0.2"), (9, "2001:db8::9"), (9, "10.0.0.10"), (0, "10.0.0.1")]
    {
        store.note_usage(organization, &[note(minutes, 10, address)], &[seen(minutes, 3)]).await.unwrap();
    }
    let expected = KeyUsage { at: minute + TimeDelta::minutes(9), denied: 5, ..note(9, 50, "10.0.0.10") };
    assert_eq!(store.key_usage(organization).await.unwrap(), [expected]);
    assert_eq!(store.last_uses(organization).await.unwrap(), [(key, minute + TimeDelta::minutes(9))]);
    assert_eq!(store.last_uses(OrganizationId::MAX).await.unwrap(), []);
    assert_eq!(store.gateway_usage(organization).await.unwrap(), [seen(9, 15)]);
    store.note_usage(organization, &[], &[]).await.unwrap();
    assert_eq!(store.key_usage(OrganizationId::MAX).await.unwrap(), []);

    // Many nodes at once, each with the same keys in another order: no report is lost, none waits for ever.
    let other = world.key_id();
    let mut nodes = tokio::task::JoinSet::new();
    for node in 0..8 {
        let store = place.again().await;
        let mut report = vec![note(1, 1, "10.0.0.1"), KeyUsage { key: other, ..note(1, 1, "10.0.0.1") }];
        if node % 2 == 0 {
            report.reverse();
        }
        nodes.spawn(async move { store.note_usage(organization, &report, &[]).await });
    }
    for result in nodes.join_all().await {
        result.unwrap();
    }
    let counts: Vec<u64> =
        store.key_usage(organization).await.unwrap().iter().map(|usage| usage.allowed).collect();
    assert_eq!(counts.iter().sum::<u64>(), 50 + 8 + 8);
}

pub(crate) async fn definitions_are_kept_by_digest(place: &Place) {
    let (store, organization, hash) = (&place.store, OrganizationId::MIN, DefinitionHash([7; 32]));
    let definition = json!({"name": "create_note", "inputSchema": {"type": "object"}, "rate": 0.1});
    store.put_definition(organization, hash, &definition).await.unwrap();
    store.put_definition(organization, hash, &definition).await.unwrap();
    assert_eq!(store.definition(organization, hash).await.unwrap(), Some(definition));
    assert_eq!(store.definition(OrganizationId::MAX, hash).await.unwrap(), None);
    assert_eq!(store.definition(organization, DefinitionHash([8; 32])).await.unwrap(), None);
}

pub(crate) async fn answers_are_remembered_and_forgotten(place: &Place) {
    let (one, other) =
        (World::create(&place.store, 32, "one").await, World::create(&place.store, 33, "other").await);
    let (store, organization) = (&place.store, one.organization);
    let answer = Remembered { request_digest: [1; 32], status: 201, body: "{\"id\":\"1\"}".to_owned() };
    store.remember(organization, "a", &answer, start()).await.unwrap();
    store.remember(organization, "A", &answer, start() + TimeDelta::hours(1)).await.unwrap();
    store.remember(other.organization, "a", &answer, start()).await.unwrap();
    assert_eq!(conflict(store.remember(organization, "a", &answer, start()).await), "idempotency_key");
    assert_eq!(store.remembered(organization, "a").await.unwrap(), Some(answer.clone()));
    assert_eq!(store.remembered(organization, "b").await.unwrap(), None);
    assert_eq!(store.forget_before(start() + TimeDelta::microseconds(1)).await.unwrap(), 2);
    assert_eq!(store.remembered(organization, "a").await.unwrap(), None);
    assert_eq!(store.remembered(organization, "A").await.unwrap(), Some(answer));
}

pub(crate) async fn only_who_may_ask_is_silent(place: &Place) {
    let mut world = World::create(&place.store, 49, "northwind").await;
    let (store, organization, at) = (&place.store, world.organization, world.now());
    let because = Because { at, by: None, reason: String::new() };
    let mut gateways = Vec::new();
    for state in [
        GatewayState::Active,
        GatewayState::Active,
        GatewayState::Paused(because.clone()),
        GatewayState::Revoked(because.clone()),
    ] {
        let gateway = Gateway {
            id: GatewayId::draw(at, &mut world.chance),
            name: crate::world::name("Envoy"),
            state,
            may_assert_subjects: false,
            allows_unseen_tools: false,
            created_at: at,
        };
        world.write(&[Edit::create(gateway.clone())]).await.unwrap();
        gateways.push(gateway.id);
    }
    let seen = |gateway: &GatewayId| GatewayUsage { gateway: *gateway, at, allowed: 1, denied: 0 };
    let notes = [seen(&gateways[0]), seen(&gateways[2])];
    store.note_usage(organization, &[], &notes).await.unwrap();
    let silence = |number: usize, last| GatewaySilence {
        gateway: gateways[number],
        registered_at: at,
        last_seen_at: last,
    };
    let mut expected = [silence(0, Some(at)), silence(1, None)];
    expected.sort_by_key(|silence| silence.gateway);
    assert_eq!(store.gateway_silences(organization).await.unwrap(), expected);
    assert_eq!(store.gateway_silences(OrganizationId::MAX).await.unwrap(), []);

    let before = Organization::clone(world.facts.organization().unwrap());
    let held = Organization { state: OrganizationState::Suspended(because), ..before.clone() };
    world.write(&[Edit::update(before, held)]).await.unwrap();
    assert_eq!(store.gateway_silences(organization).await.unwrap(), [], "nobody of a held organization asks");
}
