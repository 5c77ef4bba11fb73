//! Workspaces: their rules, who is in them, what they offer.

use app::workspaces::{
    NewWorkspace, Rules, Stricter, attach, create, detach, enter, leave, leave_one, update,
};
use app::{Planning, members};
use decision::Reason;
use model::{
    AccessMode, Edit, IdentityMode, Member, OrganizationRole, Robot, RobotId, RobotState, RoleId, ServerId,
    UserId, Visibility, WorkspaceId, WorkspaceMembershipId,
};

use crate::harness::{Refused, refusal};
use crate::office::Office;

fn new(slug: &str) -> NewWorkspace {
    NewWorkspace {
        slug: slug.parse().unwrap(),
        name: "Research".parse().unwrap(),
        visibility: Visibility::Organization,
        access_mode: AccessMode::Explicit,
        guest_agents: true,
        auto_accept_agents: true,
        identity_mode: Some(IdentityMode::Hybrid),
    }
}

#[tokio::test]
async fn a_workspace_is_created_with_its_rules_and_nobody_in_it() {
    let office = Office::new().await;
    let created =
        office.house.run(office.house.owner, |p| create(p, new("research"))).await.expect("created").value;
    let facts = office.house.facts();
    assert_eq!(**facts.workspace_by_slug("research").unwrap(), created);
    assert_eq!(facts.memberships_in(created.id).count(), 0);
    assert_eq!(
        (created.access_mode, created.identity_mode),
        (AccessMode::Explicit, Some(IdentityMode::Hybrid))
    );
    office.house.settle().await;

    let owner = office.house.owner;
    assert_eq!(
        refusal(office.house.run(owner, |p| create(p, new("research"))).await),
        Refused::Conflict("taken")
    );
    let slug = created.id.to_string();
    let refused = refusal(office.house.run(owner, |p| create(p, new(&slug))).await);
    assert_eq!(refused, Refused::Invalid(vec!["slug".to_owned()]), "it would read as an id");
    let member = office.person("Ada", OrganizationRole::Member).await;
    let refused = refusal(office.house.run(member, |p| create(p, new("mine"))).await);
    assert_eq!(refused, Refused::Denied(Reason::RoleTooLow));
}

#[tokio::test]
async fn rules_change_one_by_one_and_hold_at_once() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Ada").await;
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    let stricter = Rules { identity_mode: Stricter::Mode(IdentityMode::OnBehalfOf), ..Rules::default() };
    office.rules(stricter).await;
    assert_eq!(office.reads(&agent).await, Reason::UserRequired);
    office.rules(Rules { identity_mode: Stricter::Lifted, ..Rules::default() }).await;
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    office.rules(Rules { access_mode: Some(AccessMode::Explicit), ..Rules::default() }).await;
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);
    let before = office.house.facts().revision();
    office.rules(Rules::default()).await;
    assert_eq!(office.house.facts().revision(), before, "no wish, no change");
    office.house.settle().await;
}

#[tokio::test]
async fn a_private_workspace_is_hidden_from_those_outside_it() {
    let office = Office::new().await;
    let inside = office.person("Ada", OrganizationRole::Member).await;
    office.enter(inside).await;
    let outside = office.person("Bob", OrganizationRole::Member).await;
    let owner = office.house.owner;
    let role = office.role;
    let seen = [(inside, Refused::Denied(Reason::RoleTooLow)), (outside, Refused::Hidden)];
    let tried = async |user: UserId| {
        let place = office.workspace;
        [
            refusal(office.house.run(user, |p| update(p, place, Rules::default())).await),
            refusal(office.house.run(user, |p| attach(p, place, office.server)).await),
            refusal(office.house.run(user, |p| detach(p, place, office.server)).await),
            refusal(office.house.run(user, |p| enter(p, place, Member::User(user), role)).await),
        ]
    };
    for (user, expected) in seen {
        assert_eq!(tried(user).await, [(); 4].map(|()| expected.clone()));
    }
    let listed = Rules { visibility: Some(Visibility::Organization), ..Rules::default() };
    office.house.run(owner, |p| update(p, office.workspace, listed)).await.expect("listed");
    assert_eq!(
        tried(outside).await,
        [(); 4].map(|()| Refused::Denied(Reason::RoleTooLow)),
        "seen, but not changed"
    );
}

#[tokio::test]
async fn people_leave_by_themselves_and_send_nobody_else() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let (bob, _) = office.colleague("Bob").await;
    let place = office.workspace;
    let refused = refusal(office.house.run(bob, |p| leave(p, place, ada, "")).await);
    assert_eq!(refused, Refused::Denied(Reason::NotYours));
    let left = office.house.run(ada, |p| leave(p, place, ada, "done here")).await.expect("gone");
    assert_eq!(left.value.agents_out, [agent.id]);
    assert_eq!(office.reads(&agent).await, Reason::NotAMember);
    let again = refusal(office.house.run(ada, |p| leave(p, place, ada, "")).await);
    assert_eq!(again, Refused::NotFound, "nobody leaves twice");
    office.house.settle().await;
}

#[tokio::test]
async fn with_the_last_role_one_has_left() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let owner = office.house.owner;
    let spare = model::Role {
        id: office.house.draw(RoleId::draw),
        name: "Spare".parse().unwrap(),
        purpose: String::new(),
    };
    office.house.given(vec![Edit::create(spare.clone())]).await;
    let place = office.workspace;
    let second = office
        .house
        .run(owner, |p| enter(p, place, Member::User(ada), spare.id))
        .await
        .expect("a second role");
    let first = office.house.facts().memberships_in(place).map(|held| held.id).next().unwrap();

    let one = office.house.run(owner, |p| leave_one(p, place, first, "")).await.expect("one role less");
    assert_eq!((one.value.cut.workspace_memberships, one.value.agents_out), (vec![first], vec![]));
    assert_eq!(office.reads(&agent).await, Reason::NotGranted, "the other role gives nothing");
    let last = office.house.run(owner, |p| leave_one(p, place, second.value.id, "")).await.expect("out");
    assert_eq!(last.value.agents_out, [agent.id]);
    assert_eq!(office.reads(&agent).await, Reason::NotAMember);

    let gone = office.house.draw(WorkspaceMembershipId::draw);
    for id in [first, gone] {
        assert_eq!(
            refusal(office.house.run(owner, |p| leave_one(p, place, id, "")).await),
            Refused::NotFound
        );
    }
    office.house.settle().await;
}

#[tokio::test]
async fn a_membership_is_found_only_in_its_own_workspace() {
    let office = Office::new().await;
    let ada = office.person("Ada", OrganizationRole::Member).await;
    let membership = office.enter(ada).await;
    let owner = office.house.owner;
    let other = office.house.run(owner, |p| create(p, new("research"))).await.expect("another").value.id;
    let refused = refusal(office.house.run(owner, |p| leave_one(p, other, membership, "")).await);
    assert_eq!(refused, Refused::NotFound);
    assert!(office.house.facts().workspace_membership(membership).is_some());
}

#[tokio::test]
async fn who_is_put_into_a_workspace_has_to_be_here() {
    let office = Office::new().await;
    let owner = office.house.owner;
    let place = office.workspace;
    let ada = office.person("Ada", OrganizationRole::Guest).await;
    let suspended = office.person("Bob", OrganizationRole::Member).await;
    office.house.run(owner, |p| members::suspend(p, suspended, "")).await.expect("suspended");
    let robot = |state| Robot {
        id: office.house.draw(RobotId::draw),
        name: "Nightly".parse().unwrap(),
        purpose: String::new(),
        stewards: Vec::new(),
        state,
        created_at: office.house.clock.now(),
        created_by: owner,
    };
    let live = robot(RobotState::Live);
    let because = model::Because { at: office.house.clock.now(), by: None, reason: String::new() };
    let deleted = robot(RobotState::Deleted(because));
    office.house.given(vec![Edit::create(live.clone()), Edit::create(deleted.clone())]).await;

    let invalid = |field: &str| Refused::Invalid(vec![field.to_owned()]);
    let nobody = office.house.draw(UserId::draw);
    let no_role = office.house.draw(RoleId::draw);
    let nowhere = office.house.draw(WorkspaceId::draw);
    let role = office.role;
    let table = [
        (place, Member::User(nobody), role, invalid("user")),
        (place, Member::User(suspended), role, invalid("user")),
        (place, Member::Robot(deleted.id), role, invalid("robot")),
        (place, Member::Robot(office.house.draw(RobotId::draw)), role, invalid("robot")),
        (place, Member::User(ada), no_role, invalid("role")),
        (nowhere, Member::User(ada), role, Refused::NotFound),
    ];
    for (workspace, member, role, expected) in table {
        let refused = refusal(office.house.run(owner, |p| enter(p, workspace, member, role)).await);
        assert_eq!(refused, expected, "{member:?}");
    }
    for member in [Member::User(ada), Member::Robot(live.id)] {
        let entering = |p: &Planning<'_>| enter(p, place, member, role);
        office.house.run(owner, entering).await.expect("a guest suffices, and so does a robot");
        assert_eq!(
            refusal(office.house.run(owner, entering).await),
            Refused::Conflict("taken"),
            "{member:?}"
        );
    }
    office.house.settle().await;
}

#[tokio::test]
async fn a_server_is_offered_and_no_longer() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Ada").await;
    let owner = office.house.owner;
    let (place, server) = (office.workspace, office.server);
    let offer = |p: &Planning<'_>| attach(p, place, server);
    let withdraw = |p: &Planning<'_>| detach(p, place, server);
    let before = office.house.facts().revision();
    assert!(!office.house.run(owner, offer).await.expect("offered already").value);
    assert_eq!(office.house.facts().revision(), before, "offering twice changes nothing");

    let withdrawn = office.house.run(owner, withdraw).await.expect("withdrawn");
    assert!(withdrawn.receipt.complete);
    assert_eq!(office.reads(&agent).await, Reason::ServerUnreachable);
    assert_eq!(refusal(office.house.run(owner, withdraw).await), Refused::NotFound);
    assert!(office.house.run(owner, offer).await.expect("offered again").value);
    assert_eq!(office.reads(&agent).await, Reason::Granted, "the grants were still there");

    let unknown = office.house.draw(ServerId::draw);
    assert_eq!(refusal(office.house.run(owner, |p| attach(p, place, unknown)).await), Refused::NotFound);
    let nowhere = office.house.draw(WorkspaceId::draw);
    assert_eq!(refusal(office.house.run(owner, |p| attach(p, nowhere, server)).await), Refused::NotFound);
    office.house.settle().await;
}
