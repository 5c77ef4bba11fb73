//! An organization is suspended and resumed by the operator, and deleted with a window in which it can be undone.

use app::Request;
use app::organizations::{Exported, Founder, delete, resume, suspend, undelete};
use chrono::TimeDelta;
use decision::{Caller, Means, Reason};
use model::{OrganizationRole, OrganizationState};

use crate::harness::{House, Refused, refusal};
use crate::office::Office;

fn operator(house: &House) -> Request {
    let caller = Caller { principal: None, means: Means::Operator };
    Request { caller, organization: house.organization, home: None, if_match: None }
}

#[tokio::test]
async fn suspending_is_the_operators_and_refuses_everything() {
    let office = Office::new().await;
    let (house, owner) = (&office.house, office.house.owner);
    assert_eq!(refusal(house.run(owner, |p| suspend(p, "")).await), Refused::Denied(Reason::OperatorOnly));
    house.app.change(operator(house), |p| suspend(p, "unpaid")).await.unwrap();
    let refused = refusal(house.run(owner, |p| delete(p, "", TimeDelta::days(30))).await);
    assert_eq!(refused, Refused::Denied(Reason::OrganizationSuspended));
    assert_eq!(refusal(house.run(owner, |p| resume(p, "")).await), Refused::Denied(Reason::OperatorOnly));
    house.app.change(operator(house), |p| resume(p, "paid")).await.unwrap();
    assert!(house.facts().organization().unwrap().is_active());
    house.settle().await;
}

#[tokio::test]
async fn a_deletion_is_undone_within_its_window_and_final_after_it() {
    let office = Office::new().await;
    let (house, owner) = (&office.house, office.house.owner);
    let store = &house.app.store;
    let window = TimeDelta::days(30);
    let admin = office.person("Admin", OrganizationRole::Admin).await;
    assert_eq!(
        refusal(house.run(admin, |p| delete(p, "", window)).await),
        Refused::Denied(Reason::RoleTooLow)
    );
    house.run(owner, |p| delete(p, "closing", window)).await.unwrap();
    let update = |p: &app::Planning<'_>| app::organizations::update(p, None);
    assert_eq!(refusal(house.run(owner, update).await), Refused::Denied(Reason::OrganizationSuspended));
    house.run(owner, |p| undelete(p, "not yet")).await.unwrap();
    house.run(owner, update).await.unwrap();

    house.run(owner, |p| delete(p, "closing", window)).await.unwrap();
    let sealed = store.seal(house.organization, "t", "c", "r", b"secret").await.unwrap();
    house.clock.advance(TimeDelta::days(29));
    assert!(!store.purge(house.organization, house.clock.now()).await.unwrap(), "not before its time");
    house.clock.advance(TimeDelta::days(2));
    assert!(store.purge(house.organization, house.clock.now()).await.unwrap());
    assert!(store.load(house.organization).await.unwrap().is_none(), "nothing of it is left");
    assert!(
        store.open(house.organization, "t", "c", "r", &sealed).await.is_err(),
        "nor the key of its secrets"
    );
    let slug = "northwind".parse().unwrap();
    let again = house.app.sign_up(slug, "Another".parse().unwrap(), Founder::Known(owner)).await;
    assert_eq!(refusal(again), Refused::Conflict("taken"), "its slug is never another's");
    house.app.engine.replica().follow().await.unwrap();
    assert!(house.app.engine.replica().held(house.organization).is_none(), "a node lets go of its facts");
}

#[tokio::test]
async fn a_copy_has_everything_and_no_hash() {
    let office = Office::new().await;
    let (house, owner) = (&office.house, office.house.owner);
    let admin = office.person("Admin", OrganizationRole::Admin).await;
    let refused = house.app.export(house.by(admin), "").await;
    assert!(refused.is_err(), "an owner's, or the operator's");
    // What was decided at the very moment at which it begins is not in it.
    house.clock.advance(TimeDelta::seconds(1));
    let mut export = house.app.export(house.by(owner), "moving").await.unwrap();
    let (mut facts, mut changes, mut decisions, mut heads) = (0, 0, 0, 0);
    while let Some(part) = export.next().await.unwrap() {
        for item in part {
            match item {
                Exported::Head { organization, .. } => {
                    assert_eq!(organization.id, house.organization);
                    heads += 1;
                }
                Exported::Fact(fact) => {
                    assert!(app::evidence::shown(&fact)["is"].get("hash").is_none());
                    facts += 1;
                }
                Exported::Change(_) => changes += 1,
                Exported::Decision(_) => decisions += 1,
            }
        }
    }
    let stored = house.app.store.changes_after(house.organization, model::Revision(0), 10_000).await.unwrap();
    assert_eq!((heads, facts, changes), (1, house.facts().facts().count(), stored.len()));
    assert!(decisions > 0);
}

#[tokio::test]
async fn who_signs_up_owns_what_they_begin_and_nothing_else() {
    let house = House::new().await;
    let founder = Founder::New { name: "Ada Lovelace".parse().unwrap(), email: None };
    let signed_up = house.app.sign_up("engines".parse().unwrap(), "Engines".parse().unwrap(), founder).await;
    let signed_up = signed_up.unwrap().value;
    let facts = house.app.store.load(signed_up.organization.id).await.unwrap().unwrap();
    assert_eq!(facts.member(signed_up.owner).unwrap().role, OrganizationRole::Owner);
    assert_eq!(facts.organization().unwrap().state, OrganizationState::Active);
    assert!(facts.list_keys(None).next().is_none());
    assert!(house.facts().member(signed_up.owner).is_none());
}
