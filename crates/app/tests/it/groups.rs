//! Groups of the directory give what somebody of the organization lets them give, and nothing else (security.md S5).

use std::collections::BTreeSet;

use app::directory::{groups, people};
use app::{roles, workspaces};
use decision::Reason;
use model::{Gives, GroupId, Member, OrganizationRole, UserId};

use crate::directory::Connected;
use crate::harness::{Refused, refusal};

fn told(members: &[UserId]) -> groups::Told {
    groups::Told {
        name: "Engineers".parse().unwrap(),
        external_id: Some("g-1".to_owned()),
        members: members.iter().copied().collect::<BTreeSet<_>>(),
    }
}

impl Connected {
    async fn group(&self, members: &[UserId]) -> GroupId {
        self.run(|p| groups::create(p, told(members))).await.expect("a group").value
    }

    async fn members(&self, group: GroupId, members: &[UserId]) {
        self.run(|p| groups::replace(p, group, told(members))).await.expect("members");
    }

    fn place(&self) -> Gives {
        Gives::WorkspaceRole { workspace: self.office.workspace, role: self.office.role }
    }

    fn role_of(&self, user: UserId) -> OrganizationRole {
        self.office.house.facts().member(user).unwrap().role
    }

    fn places(&self, user: UserId) -> usize {
        self.office.house.facts().workspaces_of(Member::User(user)).count()
    }
}

#[tokio::test]
async fn a_group_lets_in_whom_it_has_and_their_agents_and_no_longer_whom_it_had() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let (ada, bob) = (connected.brought("Ada").await, connected.brought("Bob").await);
    let agent = office.agent(office.house.organization, ada).await;
    let group = connected.group(&[ada]).await;
    assert_eq!(office.reads(&agent).await, Reason::NotAMember, "a group gives nothing by itself");

    let owner = office.house.owner;
    let before = office.house.facts().revision();
    let mapped = office.house.run(owner, |p| groups::map(p, group, connected.place())).await.expect("mapped");
    assert_eq!(mapped.revision, before.next(), "at once, in one transaction");
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    let twice = office.house.run(owner, |p| groups::map(p, group, connected.place())).await;
    assert_eq!(refusal(twice), Refused::Conflict("taken"));

    connected.members(group, &[bob]).await;
    assert_eq!(office.reads(&agent).await, Reason::NotAMember, "the very next call");
    assert_eq!((connected.places(ada), connected.places(bob)), (0, 1));

    connected.members(group, &[ada, bob]).await;
    office.house.run(owner, |p| groups::unmap(p, mapped.value.id)).await.expect("unmapped");
    assert_eq!((connected.places(ada), connected.places(bob)), (0, 0));
    office.house.settle().await;
}

#[tokio::test]
async fn a_place_given_by_hand_stays_when_a_group_no_longer_gives_it() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let ada = connected.brought("Ada").await;
    office.enter(ada).await;
    let group = connected.group(&[ada]).await;
    office.house.run(office.house.owner, |p| groups::map(p, group, connected.place())).await.expect("mapped");
    assert_eq!(connected.places(ada), 1, "one role once");
    connected.run(|p| groups::remove(p, group)).await.expect("removed");
    assert_eq!(connected.places(ada), 1);
    office.house.settle().await;
}

#[tokio::test]
async fn two_groups_that_give_the_same_are_needed_both_to_lose_it() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let ada = connected.brought("Ada").await;
    let first = connected.group(&[ada]).await;
    let other = groups::Told { external_id: None, ..told(&[ada]) };
    let second = connected.run(|p| groups::create(p, other)).await.expect("a group").value;
    for group in [first, second] {
        office
            .house
            .run(office.house.owner, |p| groups::map(p, group, connected.place()))
            .await
            .expect("mapped");
    }
    connected.run(|p| groups::remove(p, first)).await.expect("removed");
    assert_eq!(connected.places(ada), 1);
    connected.run(|p| groups::remove(p, second)).await.expect("removed");
    assert_eq!(connected.places(ada), 0);
    office.house.settle().await;
}

#[tokio::test]
async fn only_an_owner_lets_a_group_make_administrators_and_none_makes_owners() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let admin = office.person("Ann", OrganizationRole::Admin).await;
    let ada = connected.brought("Ada").await;
    let group = connected.group(&[ada]).await;
    let gives = |role| Gives::OrganizationRole { role };
    let by_admin = office.house.run(admin, |p| groups::map(p, group, gives(OrganizationRole::Admin))).await;
    assert_eq!(refusal(by_admin), Refused::Denied(Reason::AboveYourRole));
    let owners =
        office.house.run(office.house.owner, |p| groups::map(p, group, gives(OrganizationRole::Owner))).await;
    assert_eq!(refusal(owners), Refused::Invalid(vec!["role".to_owned()]));
    let by_directory = connected.run(|p| groups::map(p, group, gives(OrganizationRole::Member))).await;
    assert!(matches!(refusal(by_directory), Refused::Denied(Reason::PeopleOnly) | Refused::Hidden));

    let map = |p: &app::Planning<'_>| groups::map(p, group, gives(OrganizationRole::Admin));
    office.house.run(office.house.owner, map).await.expect("an owner may");
    assert_eq!(connected.role_of(ada), OrganizationRole::Admin);
    connected.members(group, &[]).await;
    assert_eq!(connected.role_of(ada), OrganizationRole::Member, "what they were before");
    office.house.settle().await;
}

#[tokio::test]
async fn an_owner_and_an_administrator_by_hand_are_not_lowered_by_a_group() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let (ada, bob) = (connected.brought("Ada").await, connected.brought("Bob").await);
    let owner = office.house.owner;
    for (user, role) in [(ada, OrganizationRole::Owner), (bob, OrganizationRole::Admin)] {
        office.house.run(owner, |p| app::members::set_role(p, user, role)).await.expect("a role");
    }
    let group = connected.group(&[ada, bob]).await;
    let gives = Gives::OrganizationRole { role: OrganizationRole::Auditor };
    office.house.run(owner, |p| groups::map(p, group, gives)).await.expect("mapped");
    assert_eq!(connected.role_of(ada), OrganizationRole::Owner);
    assert_eq!(connected.role_of(bob), OrganizationRole::Admin);
}

#[tokio::test]
async fn what_a_group_names_may_go_and_takes_what_was_given_with_it() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let ada = connected.brought("Ada").await;
    let group = connected.group(&[ada]).await;
    let owner = office.house.owner;
    office.house.run(owner, |p| groups::map(p, group, connected.place())).await.expect("mapped");
    office.house.run(owner, |p| roles::remove(p, office.role)).await.expect("the role goes");
    assert_eq!(connected.places(ada), 0);
    assert_eq!(office.house.facts().given_by(group).count(), 0);
    connected.run(|p| people::remove(p, ada)).await.expect("the person goes");
    assert_eq!(office.house.facts().members_of(group).count(), 0);
    office.house.settle().await;
}

#[tokio::test]
async fn a_group_has_only_people_of_the_directory() {
    let connected = Connected::new().await;
    let (here, _) = connected.office.colleague("Here").await;
    let refused = connected.run(|p| groups::create(p, told(&[here]))).await;
    assert_eq!(refusal(refused), Refused::Invalid(vec!["members".to_owned()]));
    let ada = connected.brought("Ada").await;
    connected.group(&[ada]).await;
    let same = connected.run(|p| groups::create(p, told(&[]))).await;
    assert_eq!(refusal(same), Refused::Conflict("uniqueness"));
    let by_hand = connected
        .office
        .house
        .run(connected.office.house.owner, |p| workspaces::leave(p, connected.office.workspace, here, ""))
        .await;
    by_hand.expect("people of the organization are managed as before");
}
