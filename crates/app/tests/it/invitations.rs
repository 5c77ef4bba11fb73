//! Bringing an agent into a workspace that wants an accepted invitation for each.

use app::invitations::{Wish, accept, decline, invite, withdraw};
use app::workspaces::{Rules, leave};
use app::{Changed, Error, Request, agents, members, version_of};
use decision::Reason;
use model::{
    AccessMode, Agent, AgentId, Invitation, InvitationId, InvitationState, OrganizationRole, Scope,
    ScopeEntry, UserId,
};

use crate::harness::{Refused, found, refusal};
use crate::office::Office;

/// A workspace with explicit access.
async fn guarded() -> Office {
    Office::with(AccessMode::Explicit).await
}

async fn ask(office: &Office, by: UserId, agent: AgentId) -> Result<Changed<Invitation>, Error> {
    let home = office.house.app.home_of_agent(agent, None).await?;
    let request = Request { home: Some(home), ..office.house.by(by) };
    office.house.app.change(request, |p| invite(p, office.workspace, agent, "May it come in?")).await
}

async fn take_back(office: &Office, by: UserId, id: InvitationId) -> Result<Changed<Invitation>, Error> {
    let home = office.house.facts().invitation(id).map(|invitation| invitation.agent_organization);
    let request = Request { home, ..office.house.by(by) };
    office.house.app.change(request, |p| withdraw(p, id, "not needed")).await
}

#[tokio::test]
async fn an_agent_enters_with_an_accepted_invitation_and_leaves_with_it() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let (_, other) = office.colleague("Bob").await;
    let owner = office.house.owner;
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);
    let asked = ask(&office, ada, agent.id).await.expect("asked").value;
    assert_eq!((asked.state.as_str(), asked.invited_by), ("pending", ada));
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired, "asking is not entering");

    let accepted =
        office.house.run(owner, |p| accept(p, asked.id, "reviewed")).await.expect("accepted").value;
    match &accepted.state {
        InvitationState::Accepted(because) => assert_eq!(because.reason, "reviewed"),
        other => panic!("{other:?}"),
    }
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    assert_eq!(office.reads(&other).await, Reason::InvitationRequired, "it is for one agent");

    let put_out =
        office.house.run(owner, |p| decline(p, asked.id, "no longer")).await.expect("put out again");
    assert!(put_out.receipt.complete);
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);
    let again = ask(&office, ada, agent.id).await.expect("a declined owner may ask again").value;
    office.house.run(owner, |p| accept(p, again.id, "")).await.expect("accepted");
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    take_back(&office, ada, again.id).await.expect("the owner takes it back");
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);
    office.house.settle().await;
}

#[tokio::test]
async fn one_open_invitation_at_a_time_and_answers_are_final() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let owner = office.house.owner;
    let asked = ask(&office, ada, agent.id).await.expect("asked").value.id;
    assert_eq!(refusal(ask(&office, ada, agent.id).await), Refused::Conflict("taken"), "while it is pending");
    office.house.run(owner, |p| accept(p, asked, "")).await.expect("accepted");
    assert_eq!(
        refusal(ask(&office, ada, agent.id).await),
        Refused::Conflict("taken"),
        "while it is accepted"
    );
    assert_eq!(refusal(office.house.run(owner, |p| accept(p, asked, "")).await), Refused::Conflict("state"));
    take_back(&office, ada, asked).await.expect("taken back");
    for outcome in [
        office.house.run(owner, |p| accept(p, asked, "")).await,
        office.house.run(owner, |p| decline(p, asked, "")).await,
        take_back(&office, ada, asked).await,
    ] {
        assert_eq!(refusal(outcome), Refused::Conflict("state"));
    }
    let unknown = office.house.draw(InvitationId::draw);
    assert_eq!(refusal(office.house.run(owner, |p| accept(p, unknown, "")).await), Refused::NotFound);
}

#[tokio::test]
async fn a_workspace_may_accept_by_rule() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    office.rules(Rules { auto_accept_agents: Some(true), ..Rules::default() }).await;
    let asked = ask(&office, ada, agent.id).await.expect("asked").value;
    assert!(asked.is_accepted());
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    office.house.settle().await;
}

#[tokio::test]
async fn only_the_agents_owner_asks_and_only_those_who_administer_answer() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let (bob, _) = office.colleague("Bob").await;
    let owner = office.house.owner;
    for (user, refused) in [(bob, Refused::Hidden), (owner, Refused::Denied(Reason::NotYours))] {
        assert_eq!(refusal(ask(&office, user, agent.id).await), refused);
    }
    let asked = ask(&office, ada, agent.id).await.expect("asked").value.id;
    for user in [ada, bob] {
        let refused = refusal(office.house.run(user, |p| accept(p, asked, "")).await);
        assert_eq!(refused, Refused::Denied(Reason::RoleTooLow));
        let refused = refusal(office.house.run(user, |p| decline(p, asked, "")).await);
        assert_eq!(refused, Refused::Denied(Reason::RoleTooLow));
    }
    assert_eq!(
        refusal(take_back(&office, bob, asked).await),
        Refused::Hidden,
        "an agent that is not theirs to see"
    );
    assert_eq!(refusal(take_back(&office, owner, asked).await), Refused::Denied(Reason::NotYours));
    let outside = office.person("Carol", OrganizationRole::Member).await;
    for outcome in
        [office.house.run(outside, |p| accept(p, asked, "")).await, take_back(&office, outside, asked).await]
    {
        assert_eq!(refusal(outcome), Refused::Hidden, "a private workspace's business");
    }
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);
}

#[tokio::test]
async fn the_owner_has_to_be_in_the_workspace_and_stay() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let owner = office.house.owner;
    let place = office.workspace;
    let asked = ask(&office, ada, agent.id).await.expect("asked").value.id;
    office.house.run(owner, |p| accept(p, asked, "")).await.expect("accepted");
    let left = office.house.run(ada, |p| leave(p, place, ada, "")).await.expect("gone");
    assert_eq!(left.value.cut.invitations, [asked]);
    assert_eq!(
        refusal(ask(&office, ada, agent.id).await),
        Refused::Hidden,
        "it is not even visible any more"
    );
    let listed = Rules { visibility: Some(model::Visibility::Organization), ..Rules::default() };
    office.rules(listed).await;
    assert_eq!(refusal(ask(&office, ada, agent.id).await), Refused::Conflict("not_a_member"));
    office.enter(ada).await;
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired, "coming back does not bring it back");
    ask(&office, ada, agent.id).await.expect("asked anew");
    office.house.settle().await;
}

#[tokio::test]
async fn an_invitation_ends_with_the_ownership_it_was_made_in() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let (bob, _) = office.colleague("Bob").await;
    let owner = office.house.owner;
    let first = ask(&office, ada, agent.id).await.expect("asked").value.id;
    office.house.run(owner, |p| accept(p, first, "")).await.expect("accepted");
    office.house.run(ada, |p| agents::hand_over(p, agent.id, bob)).await.expect("handed over");
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);

    let second = ask(&office, bob, agent.id).await.expect("the new owner asks").value.id;
    assert_eq!(office.house.facts().invitation(first).unwrap().state.as_str(), "withdrawn");
    office.house.run(owner, |p| accept(p, second, "")).await.expect("accepted");
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    office.house.run(bob, |p| agents::hand_over(p, agent.id, ada)).await.expect("handed back");
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired, "the first one does not count again");
    office.house.settle().await;
}

#[tokio::test]
async fn losing_the_owner_withdraws_what_they_asked_for() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let asked = ask(&office, ada, agent.id).await.expect("asked").value.id;
    let suspend = |p: &app::Planning<'_>| members::suspend(p, ada, "");
    let suspended = office.house.run(office.house.owner, suspend).await.expect("suspended");
    assert_eq!(suspended.value.1.invitations, [asked]);
    office.house.run(office.house.owner, |p| members::resume(p, ada)).await.expect("resumed");
    let refused = refusal(ask(&office, ada, agent.id).await);
    assert_eq!(refused, Refused::Conflict("state"), "nobody answers for the agent");
}

#[tokio::test]
async fn a_guest_brings_an_agent_from_their_own_organization() {
    let office = guarded().await;
    let (elsewhere, guest, agent) = office.guest().await;
    let owner = office.house.owner;
    assert_eq!(refusal(ask(&office, guest, agent.id).await), Refused::Conflict("guest_agents_refused"));
    office.rules(Rules { guest_agents: Some(true), ..Rules::default() }).await;
    let asked = ask(&office, guest, agent.id).await.expect("asked").value;
    assert_eq!(asked.agent_organization, elsewhere);
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);
    office.house.run(owner, |p| accept(p, asked.id, "")).await.expect("accepted by the host");
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    take_back(&office, guest, asked.id).await.expect("withdrawn by its owner");
    assert_eq!(office.reads(&agent).await, Reason::InvitationRequired);
    office.house.settle().await;
}

#[tokio::test]
async fn nobody_learns_of_another_organizations_agents() {
    let office = guarded().await;
    let (_, guest, brought) = office.guest().await;
    let (elsewhere, stranger, _) = found(&office.house.app, "adatum", "Ines Costa").await;
    let strange = office.agent(elsewhere, stranger).await;
    let unknown = office.house.draw(AgentId::draw);
    office.enter(office.house.owner).await;
    for user in [office.house.owner, guest] {
        assert_eq!(
            refusal(ask(&office, user, strange.id).await),
            Refused::Hidden,
            "told like one that is not"
        );
        assert_eq!(refusal(ask(&office, user, unknown).await), Refused::NotFound);
    }
    let refused = refusal(ask(&office, office.house.owner, brought.id).await);
    assert_eq!(refused, Refused::Hidden, "not even whose guest's agent it is");
}

/// A scope for one tool, in whatever workspace.
fn only(tools: &str) -> Scope {
    Scope { entries: vec![ScopeEntry { workspace: None, server: None, tools: tools.parse().unwrap() }] }
}

fn agent_there(office: &Office, id: AgentId) -> Agent {
    Agent::clone(office.house.facts().agent(id).expect("the agent"))
}

fn wish(office: &Office, agent: AgentId, scope: Scope) -> Wish {
    let message = "May it come in?".to_owned();
    Wish { host: office.house.organization, workspace: office.workspace, agent, message, scope: Some(scope) }
}

#[tokio::test]
async fn scope_and_invitation_come_together_or_not_at_all() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let seen = agent_there(&office, agent.id);
    let before = office.house.facts().revision();
    let by = Request { if_match: Some(version_of(&seen.clone().into())), ..office.house.by(ada) };
    let asked = office.house.app.invite_agent(by.clone(), wish(&office, agent.id, only("read"))).await;
    let asked = asked.expect("asked");
    assert_eq!((asked.invitation.state.as_str(), asked.is_scoped), ("pending", true));
    assert_eq!(agent_there(&office, agent.id).scope, only("read"));
    assert_eq!(office.house.facts().revision(), before.next(), "one revision has both");

    // Asked again it is refused, and the scope stays.
    let by = Request { if_match: None, ..by };
    let again = office.house.app.invite_agent(by, wish(&office, agent.id, only("write"))).await;
    assert!(matches!(again, Err(Error::Conflict { code: "taken", .. })), "{again:?}");
    assert_eq!(agent_there(&office, agent.id).scope, only("read"));
    office.house.settle().await;
}

#[tokio::test]
async fn a_scope_that_was_changed_meanwhile_is_not_overwritten() {
    let office = guarded().await;
    let (ada, agent) = office.colleague("Ada").await;
    let seen = version_of(&agent_there(&office, agent.id).into());
    let newer = agents::Ceilings { scope: Some(only("write")), never: None };
    office.house.run(ada, |p| agents::set_scope(p, agent.id, newer)).await.expect("narrowed");
    let by = Request { if_match: Some(seen), ..office.house.by(ada) };
    let late = office.house.app.invite_agent(by, wish(&office, agent.id, only("*"))).await;
    assert!(matches!(late, Err(Error::Stale { .. })), "{late:?}");
    assert_eq!(agent_there(&office, agent.id).scope, only("write"));
    assert!(office.house.facts().invitations_of(agent.id, office.workspace).next().is_none());
}

/// A host and the agent's home share no transaction: what the host refuses changes nothing at home.
#[tokio::test]
async fn refused_by_a_host_the_scope_at_home_stays() {
    let office = guarded().await;
    let (home, guest, agent) = office.guest().await;
    let by = Request { organization: home, ..office.house.by(guest) };
    let refused = office.house.app.invite_agent(by, wish(&office, agent.id, only("read"))).await;
    assert!(matches!(refused, Err(Error::Conflict { code: "guest_agents_refused", .. })), "{refused:?}");
    let facts = office.house.app.engine.replica().hold(home).await.expect("the home");
    assert_eq!(facts.agent(agent.id).expect("the agent").scope, only("*"));
}
