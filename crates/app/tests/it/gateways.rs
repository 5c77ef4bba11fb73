//! Gateways: held, ended, and seen to be silent.

use app::gateways::{GatewayPatch, NewGateway, create, pause, resume, revoke, silent_for, update};
use app::{Error, keys};
use chrono::TimeDelta;
use decision::Reason;
use model::{GatewayId, Holder, KeyLimits, KeyState};

use crate::office::Office;

fn asking(office: &Office) -> GatewayId {
    office.house.facts().list_gateways(None).next().expect("the office's gateway").id
}

#[tokio::test]
async fn a_gateway_that_is_held_gets_nothing_allowed() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Nils Berg").await;
    let id = asking(&office);
    let owner = office.house.owner;
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    office.house.run(owner, |p| pause(p, id, "it misbehaves")).await.expect("a hold");
    assert_eq!(office.reads(&agent).await, Reason::GatewayInactive);
    office.house.run(owner, |p| resume(p, id, "mended")).await.expect("it may ask again");
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    office.house.run(owner, |p| revoke(p, id, "gone")).await.expect("an end");
    assert_eq!(office.reads(&agent).await, Reason::GatewayInactive);
    for again in [
        office.house.run(owner, |p| resume(p, id, "")).await,
        office.house.run(owner, |p| update(p, id, GatewayPatch::default())).await,
    ] {
        assert!(matches!(again, Err(Error::Conflict { code: "state", .. })), "{again:?}");
    }
}

#[tokio::test]
async fn with_a_gateway_its_keys_end() {
    let office = Office::new().await;
    let house = &office.house;
    let new = NewGateway {
        name: "Edge 2".parse().unwrap(),
        may_assert_subjects: false,
        allows_unseen_tools: false,
    };
    let id = house.run(house.owner, |p| create(p, new)).await.expect("a gateway").value.id;
    let key = keys::NewKey {
        holder: Holder::Gateway(id),
        name: "A key".parse().unwrap(),
        expires_at: None,
        limits: KeyLimits::default(),
    };
    let minted = house.run(house.owner, |p| keys::create(p, key)).await.expect("a key").value;
    let token = minted.token.expose();
    assert_eq!(house.app.engine.gateway(token, None).await.expect("a gateway").gateway, id);
    let before = house.facts().revision();
    let revoked = house.run(house.owner, |p| revoke(p, id, "gone")).await.expect("an end");
    assert_eq!(revoked.revision, before.next(), "one transaction");
    assert!(house.facts().keys_of(Holder::Gateway(id)).all(|key| matches!(key.state, KeyState::Revoked(_))));
    assert!(house.app.engine.gateway(token, None).await.is_err());
}

#[tokio::test]
async fn a_silent_gateway_shows() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Nils Berg").await;
    let house = &office.house;
    let id = asking(&office);
    let silence = async || {
        let seen = house.app.gateways_seen(house.organization).await.expect("the store answers");
        let facts = house.facts();
        let usage = seen.of(id);
        let counts = usage.map(|usage| (usage.allowed, usage.denied));
        (silent_for(facts.gateway(id).unwrap(), usage, house.clock.now()), counts)
    };
    house.clock.advance(TimeDelta::minutes(5));
    assert_eq!(silence().await, (300, None), "it has never asked");
    office.reads(&agent).await;
    office.call(&agent.key, "no such tool").await;
    house.app.engine.usage().flush(&house.app.store).await;
    assert_eq!(silence().await, (0, Some((1, 1))));
    house.clock.advance(TimeDelta::minutes(10));
    assert_eq!(silence().await, (600, Some((1, 1))), "it has stopped asking");
}
