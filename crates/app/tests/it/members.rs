//! Who may take in, change and send away whom.

use app::members::{Who, add, remove, resume, set_role, suspend};
use app::{Error, Plan, Planning, agents};
use decision::{Caller, Means, Reason};
use model::{OrganizationRole, PrincipalId, UserId};

use crate::harness::{House, Refused, found, refusal};
use crate::office::Office;

/// The verbs that reach a person, each as a plan without a value.
type Verb = fn(&Planning<'_>, UserId) -> Result<Plan<()>, Error>;

fn bare<T>(plan: Plan<T>) -> Plan<()> {
    Plan::new(plan.permit, plan.edits, ())
}

const VERBS: [(&str, Verb); 4] = [
    ("suspend", |p, user| suspend(p, user, "").map(bare)),
    ("resume", |p, user| resume(p, user).map(bare)),
    ("remove", |p, user| remove(p, user, "").map(bare)),
    ("demote", |p, user| set_role(p, user, OrganizationRole::Member).map(bare)),
];

fn new(name: &str) -> Who {
    Who::New { name: name.parse().unwrap(), email: None }
}

#[tokio::test]
async fn an_administrator_cannot_touch_an_owner() {
    let office = Office::new().await;
    let admin = office.person("Admin", OrganizationRole::Admin).await;
    let second = office.person("Second", OrganizationRole::Owner).await;
    let before = office.house.facts().revision();
    for (verb, run) in VERBS {
        let refused = refusal(office.house.run(admin, |p| run(p, second)).await);
        assert_eq!(refused, Refused::Denied(Reason::AboveYourRole), "{verb}");
    }
    let promote = |p: &Planning<'_>| set_role(p, admin, OrganizationRole::Owner);
    assert_eq!(refusal(office.house.run(admin, promote).await), Refused::Denied(Reason::AboveYourRole));
    let appoint = |p: &Planning<'_>| add(p, new("Third"), OrganizationRole::Owner);
    assert_eq!(refusal(office.house.run(admin, appoint).await), Refused::Denied(Reason::AboveYourRole));
    assert_eq!(office.house.facts().revision(), before, "nothing was written");
    for (verb, run) in VERBS.into_iter().filter(|(verb, _)| *verb != "resume") {
        let owner = office.house.owner;
        let third = office.person("Third", OrganizationRole::Owner).await;
        office
            .house
            .run(owner, |p| run(p, third))
            .await
            .unwrap_or_else(|error| panic!("an owner may {verb}: {error}"));
    }
}

#[tokio::test]
async fn those_below_an_administrator_send_nobody_away() {
    let office = Office::new().await;
    let target = office.person("Target", OrganizationRole::Member).await;
    for (role, refused) in [
        (OrganizationRole::Member, Refused::Denied(Reason::RoleTooLow)),
        (OrganizationRole::Auditor, Refused::Denied(Reason::RoleTooLow)),
        // A guest may not even know who else is here.
        (OrganizationRole::Guest, Refused::Hidden),
    ] {
        let user = office.person("Somebody", role).await;
        for (verb, run) in VERBS {
            assert_eq!(refusal(office.house.run(user, |p| run(p, target)).await), refused, "{role:?} {verb}");
        }
        let hand_over = |p: &Planning<'_>| agents::hand_over_all(p, target, user);
        let expected =
            if refused == Refused::Hidden { Refused::Hidden } else { Refused::Denied(Reason::NotYours) };
        assert_eq!(refusal(office.house.run(user, hand_over).await), expected, "{role:?}");
    }
    let outsider = office.house.draw(UserId::draw);
    for (verb, run) in VERBS {
        assert_eq!(refusal(office.house.run(outsider, |p| run(p, target)).await), Refused::Hidden, "{verb}");
    }
}

#[tokio::test]
async fn only_people_add_people() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let callers = [
        Caller { principal: Some(PrincipalId::Agent(agent.id)), means: Means::OtherCredential },
        Caller { principal: Some(PrincipalId::User(ada)), means: Means::OtherCredential },
        Caller { principal: None, means: Means::OtherCredential },
    ];
    for caller in callers {
        let request = app::Request { caller, ..office.house.by(ada) };
        let outcome = office.house.app.change(request, |p| add(p, new("Eve"), OrganizationRole::Guest)).await;
        assert_eq!(refusal(outcome), Refused::Hidden, "{caller:?}");
    }
    assert_eq!(office.house.facts().list_members(None).count(), 2);
}

#[tokio::test]
async fn the_last_active_owner_stays() {
    let house = House::new().await;
    let leaving: Vec<_> = VERBS.into_iter().filter(|(verb, _)| *verb != "resume").collect();
    let all_refused = async |because: &str| {
        for (verb, run) in &leaving {
            let refused = refusal(house.run(house.owner, |p| run(p, house.owner)).await);
            assert_eq!(refused, Refused::Conflict("last_owner"), "{verb}: {because}");
        }
    };
    all_refused("there is no other").await;
    let admin = house.run(house.owner, |p| add(p, new("Admin"), OrganizationRole::Admin)).await.unwrap();
    all_refused("an administrator is no owner").await;
    let second =
        house.run(house.owner, |p| add(p, new("Second"), OrganizationRole::Owner)).await.unwrap().value.user;
    house.run(house.owner, |p| suspend(p, second, "")).await.expect("another owner is left");
    all_refused("the other owner is suspended").await;
    house.run(house.owner, |p| resume(p, second)).await.expect("resumed");
    house
        .run(house.owner, |p| set_role(p, house.owner, OrganizationRole::Member))
        .await
        .expect("one is left");
    let refused = refusal(house.run(second, |p| remove(p, second, "")).await);
    assert_eq!(refused, Refused::Conflict("last_owner"), "now the other is the last");
    assert!(house.facts().member(admin.value.user).is_some());
    house.settle().await;
}

#[tokio::test]
async fn somebody_from_elsewhere_comes_with_their_name_and_nothing_else() {
    let house = House::new().await;
    let elsewhere = app::organizations::NewOrganization {
        slug: "contoso".parse().unwrap(),
        name: "Contoso".parse().unwrap(),
        owner: app::organizations::FirstOwner {
            name: "Jonas Weber".parse().unwrap(),
            email: Some("jonas@contoso.example".to_owned()),
        },
    };
    let founded = house.app.create_organization(elsewhere).await.expect("an organization").value;
    let jonas = founded.owner.id;
    let person = house.app.person_elsewhere(jonas).await.expect("the store answers");
    let who = Who::Known { user: jonas, person, email: None };
    let added =
        house.run(house.owner, |p| add(p, who.clone(), OrganizationRole::Guest)).await.expect("a guest");
    assert_eq!(added.value.role, OrganizationRole::Guest);
    let facts = house.facts();
    let known = facts.user(jonas).unwrap();
    assert_eq!((known.name.as_str(), known.email.as_deref()), ("Jonas Weber", None));
    assert_eq!(
        refusal(house.run(house.owner, |p| add(p, who, OrganizationRole::Guest)).await),
        Refused::Conflict("taken")
    );
    house.settle().await;

    let home = house.app.engine.replica().held(founded.organization.id).expect("held");
    assert_eq!(
        home.user(jonas).unwrap().email.as_deref(),
        Some("jonas@contoso.example"),
        "at home all is as it was"
    );
}

#[tokio::test]
async fn nobody_is_added_who_is_nobody() {
    let house = House::new().await;
    let nobody = house.draw(UserId::draw);
    let person = house.app.person_elsewhere(nobody).await.expect("the store answers");
    let unknown = Who::Known { user: nobody, person, email: None };
    let refused = refusal(house.run(house.owner, |p| add(p, unknown, OrganizationRole::Guest)).await);
    assert_eq!(refused, Refused::Invalid(vec!["user".to_owned()]));
    let wrong = Who::New { name: "Ada".parse().unwrap(), email: Some("nowhere".to_owned()) };
    let refused = refusal(house.run(house.owner, |p| add(p, wrong, OrganizationRole::Member)).await);
    assert_eq!(refused, Refused::Invalid(vec!["email".to_owned()]));
    assert_eq!(house.facts().list_members(None).count(), 1);
}

#[tokio::test]
async fn a_suspension_cannot_be_made_twice_nor_undone_twice() {
    let office = Office::new().await;
    let (ada, _) = office.colleague("Ada").await;
    let owner = office.house.owner;
    assert_eq!(refusal(office.house.run(owner, |p| resume(p, ada)).await), Refused::Conflict("state"));
    office.house.run(owner, |p| suspend(p, ada, "")).await.expect("suspended");
    assert_eq!(refusal(office.house.run(owner, |p| suspend(p, ada, "")).await), Refused::Conflict("state"));
    let long = "x".repeat(501);
    let refused = refusal(office.house.run(owner, |p| remove(p, ada, &long)).await);
    assert_eq!(refused, Refused::Invalid(vec!["reason".to_owned()]));
    office.house.run(owner, |p| remove(p, ada, "")).await.expect("suspended people can be removed");
    for (verb, run) in VERBS {
        assert_eq!(refusal(office.house.run(owner, |p| run(p, ada)).await), Refused::NotFound, "{verb}");
    }
}

#[tokio::test]
async fn an_edit_on_an_older_membership_is_refused() {
    let office = Office::new().await;
    let ada = office.person("Ada", OrganizationRole::Member).await;
    let membership = (**office.house.facts().member(ada).unwrap()).clone();
    let version = app::version_of(&membership.into());
    let owner = office.house.owner;
    office.house.run(owner, |p| set_role(p, ada, OrganizationRole::Auditor)).await.expect("an auditor");
    for (verb, run) in VERBS {
        let request = app::Request { if_match: Some(version.clone()), ..office.house.by(owner) };
        let refused = refusal(office.house.app.change(request, |p| run(p, ada)).await);
        assert_eq!(refused, Refused::Stale, "{verb}");
    }
}

#[tokio::test]
async fn other_organizations_people_are_not_here() {
    let house = House::new().await;
    let (_, jonas, _) = found(&house.app, "contoso", "Jonas Weber").await;
    for (verb, run) in VERBS {
        assert_eq!(refusal(house.run(house.owner, |p| run(p, jonas)).await), Refused::NotFound, "{verb}");
        assert_eq!(refusal(house.run(jonas, |p| run(p, house.owner)).await), Refused::Hidden, "{verb}");
    }
}
