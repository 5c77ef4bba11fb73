//! Service accounts of the organization: what ends with them, and what stays.

use app::robots::{NewRobot, RobotPatch, create, delete, pause, resume, update};
use app::{Error, keys, workspaces};
use decision::Reason;
use model::{Holder, KeyLimits, KeyState, Member, OrganizationRole, RobotId, RobotState, UserId};

use crate::office::Office;

async fn robot(office: &Office, stewards: Vec<UserId>) -> (RobotId, String) {
    let house = &office.house;
    let new = NewRobot { name: "Nightly".parse().unwrap(), purpose: "Reports.".to_owned(), stewards };
    let robot = house.run(house.owner, |p| create(p, new)).await.expect("a robot").value;
    let enter =
        |p: &app::Planning<'_>| workspaces::enter(p, office.workspace, Member::Robot(robot.id), office.role);
    house.run(house.owner, enter).await.expect("a place");
    let key = || keys::NewKey {
        holder: Holder::Robot(robot.id),
        name: "A key".parse().unwrap(),
        expires_at: None,
        limits: KeyLimits::default(),
    };
    house.run(house.owner, |p| keys::create(p, key())).await.expect("a key");
    let minted = house.run(house.owner, |p| keys::create(p, key())).await.expect("a key").value;
    (robot.id, minted.token.expose().to_owned())
}

#[tokio::test]
async fn a_deleted_robot_leaves_everything_in_one_revision_and_stays_in_the_evidence() {
    let office = Office::new().await;
    let (id, key) = robot(&office, Vec::new()).await;
    let (_, other) = robot(&office, Vec::new()).await;
    assert_eq!(office.call(&key, "read").await, Reason::Granted);
    let before = office.house.facts().revision();
    let deleted =
        office.house.run(office.house.owner, |p| delete(p, id, "no longer needed")).await.expect("gone");
    assert_eq!(deleted.revision, before.next(), "one transaction");
    let facts = office.house.facts();
    assert!(facts.keys_of(Holder::Robot(id)).all(|key| matches!(key.state, KeyState::Revoked(_))));
    assert_eq!(facts.keys_of(Holder::Robot(id)).count(), 2);
    assert_eq!(facts.workspaces_of(Member::Robot(id)).count(), 0);
    let kept = facts.robot(id).expect("it stays");
    assert!(matches!(&kept.state, RobotState::Deleted(b) if b.reason == "no longer needed"));
    assert_eq!(office.call(&key, "read").await, Reason::CredentialRevoked);
    assert_eq!(office.call(&other, "read").await, Reason::Granted, "others are not disturbed");
    for again in [
        office.house.run(office.house.owner, |p| delete(p, id, "")).await,
        office.house.run(office.house.owner, |p| resume(p, id, "")).await,
        office.house.run(office.house.owner, |p| update(p, id, RobotPatch::default())).await,
    ] {
        assert!(matches!(again, Err(Error::Conflict { code: "state", .. })), "{again:?}");
    }
}

#[tokio::test]
async fn a_steward_may_hold_a_robot_and_not_let_it_go() {
    let office = Office::new().await;
    let steward = office.person("Nils Berg", OrganizationRole::Member).await;
    let stranger = office.person("Aude Roux", OrganizationRole::Member).await;
    let (id, key) = robot(&office, vec![steward]).await;
    let refused = office.house.run(stranger, |p| pause(p, id, "")).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
    office.house.run(steward, |p| pause(p, id, "it loops")).await.expect("a hold");
    assert_eq!(office.call(&key, "read").await, Reason::RobotPaused);
    let refused = office.house.run(steward, |p| resume(p, id, "")).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
    office.house.run(office.house.owner, |p| resume(p, id, "mended")).await.expect("it acts again");
    assert_eq!(office.call(&key, "read").await, Reason::Granted);
}

#[tokio::test]
async fn stewards_are_active_members_and_each_once() {
    let office = Office::new().await;
    let owner = office.house.owner;
    let (id, _) = robot(&office, vec![owner, owner]).await;
    assert_eq!(office.house.facts().robot(id).expect("there").stewards, [owner]);
    let nobody = office.house.draw(UserId::draw);
    let patch = RobotPatch { stewards: Some(vec![owner, nobody]), ..RobotPatch::default() };
    let refused = office.house.run(owner, |p| update(p, id, patch)).await;
    assert!(matches!(&refused, Err(Error::Invalid(f)) if f[0].field == "stewards[1]"), "{refused:?}");
}
