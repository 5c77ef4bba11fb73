//! An agent is never more than its owner, and never outlives its owner's standing.

use model::{
    AgentState, CredentialMode, Edit, Grant, Holder, IdentityMode, KeyState, Member, PrincipalId,
    ServerState, Snapshot, UserId, WorkspaceMembership, cascade,
};
use proptest::prelude::*;

use super::{Count, Sides, agents_of, for_all, sweep};
use crate::ask::Ask;
use crate::case::decided;
use crate::generate::THREE;
use crate::{id, make};
use decision::Subject;

#[test]
fn an_agent_is_never_allowed_what_its_owner_is_not() {
    let asked = Count::default();
    for_all(2500, |drawn| {
        let sides = Sides::of(&drawn);
        for ask in drawn.asks.iter().filter(|ask| sides.allow(ask)) {
            let Some(owner) = sides.owner(ask) else { continue };
            let subject = Subject::Asserted(PrincipalId::User(owner));
            let by_owner = Ask { subject, gateway: id::gateway(1), ..ask.clone() };
            prop_assert!(sides.allow(&by_owner), "{ask:#?}");
            let server = sides.host.server_by_slug(&ask.server).unwrap();
            prop_assert_eq!(server.identity_mode, IdentityMode::Agent);
            prop_assert_eq!(server.credential_mode, CredentialMode::Shared);
            asked.add();
        }
        Ok(())
    });
    asked.at_least(800, "allowed calls of agents");
}

#[test]
fn a_robot_is_never_allowed_a_personal_server() {
    let (shared, personal) = (Count::default(), Count::default());
    for_all(300, |drawn| {
        let sides = Sides::of(&drawn);
        for number in THREE {
            for ask in sweep(PrincipalId::Robot(id::robot(number)), number == 3, &THREE) {
                let server = sides.host.server_by_slug(&ask.server).unwrap();
                let allowed = sides.allow(&ask);
                if server.credential_mode == CredentialMode::Personal {
                    prop_assert!(!allowed, "{ask:#?}");
                    personal.add();
                } else if allowed {
                    shared.add();
                }
            }
        }
        Ok(())
    });
    shared.at_least(1000, "allowed calls of robots to shared servers");
    personal.at_least(1000, "refused calls of robots to personal servers");
}

/// Whatever is given afterwards, short of the place itself.
fn widen(sides: &mut Sides) {
    for agent in sides.host.clone().list_agents(None) {
        let mut wide = (**agent).clone();
        (wide.scope, wide.never) = (make::everything(), model::Scope::default());
        sides.host.edit(&Edit::update((**agent).clone(), wide));
    }
    let servers: Vec<_> = sides.host.list_servers(None).map(|server| (**server).clone()).collect();
    for server in servers {
        let opened = model::Server {
            state: ServerState::Active,
            identity_mode: IdentityMode::Agent,
            credential_mode: CredentialMode::Shared,
            ..server.clone()
        };
        sides.host.edit(&Edit::update(server, opened));
    }
    for (number, (role, server)) in THREE.iter().flat_map(|r| THREE.map(|s| (*r, s))).enumerate() {
        let all: Grant = make::grant(200 + number, id::role(role), id::server(server), "*");
        sides.host.edit(&Edit::create(all));
    }
    let places: Vec<_> = sides.host.list_workspaces(None).map(|place| (**place).clone()).collect();
    for place in places {
        let opened = model::Workspace {
            access_mode: model::AccessMode::Inherit,
            guest_agents: true,
            identity_mode: None,
            ..place.clone()
        };
        sides.host.edit(&Edit::update(place, opened));
    }
}

#[test]
fn after_the_owner_loses_a_workspace_no_agent_of_theirs_is_allowed_there() {
    let before = Count::default();
    for_all(250, |mut drawn| {
        let mut sides = Sides::of(&drawn);
        let (person, place) = (drawn.dice.pick(&[1, 2, 3, 4]), drawn.dice.pick(&THREE));
        let (owner, workspace) = (id::user(person), id::workspace(place));
        let asks: Vec<Ask> = agents_of(&sides, owner)
            .into_iter()
            .flat_map(|(agent, abroad)| sweep(PrincipalId::Agent(agent), abroad, &[place]))
            .collect();
        asks.iter().filter(|ask| sides.allow(ask)).for_each(|_| before.add());
        for edit in cascade::workspace_lost(&sides.host, owner, workspace, &make::because(None)) {
            sides.host.edit(&edit);
        }
        prop_assert!(!asks.iter().any(|ask| sides.allow(ask)));
        // Nor at any later revision, whatever else is given, until somebody puts the person back.
        widen(&mut sides);
        let elsewhere = id::workspace(place % 3 + 1);
        let other: WorkspaceMembership = make::place(300, elsewhere, Member::User(owner), id::role(1));
        sides.host.edit(&Edit::create(other));
        prop_assert!(!asks.iter().any(|ask| sides.allow(ask)));
        Ok(())
    });
    before.at_least(300, "calls were allowed before");
}

/// Ends what a person answers for, in the organization where the agents are at home.
fn lose(side: &Snapshot, owner: UserId) -> Result<Snapshot, TestCaseError> {
    let mut after = side.clone();
    for edit in cascade::owner_lost(side, owner, &make::because(None)) {
        prop_assert!(!cascade::leaves_orphan(&after, &edit));
        after.edit(&edit);
    }
    Ok(after)
}

#[test]
fn losing_the_owner_ends_every_agent_of_theirs_and_touches_no_other() {
    let (before, others) = (Count::default(), Count::default());
    for_all(300, |mut drawn| {
        let sides = Sides::of(&drawn);
        let person = drawn.dice.pick(&[1, 2, 3, 4, 5]);
        let owner = id::user(person);
        let abroad = person > 3;
        let after = if abroad {
            Sides { host: sides.host.clone(), away: lose(&sides.away, owner)? }
        } else {
            Sides { host: lose(&sides.host, owner)?, away: sides.away.clone() }
        };
        let home = if abroad { &after.away } else { &after.host };
        for agent in home.agents_of(owner) {
            // Latched, also where it was only held: neither a key nor a resumption brings it back.
            prop_assert!(matches!(agent.state, AgentState::Unowned(_) | AgentState::Revoked(_)));
            prop_assert!(
                home.keys_of(Holder::Agent(agent.id)).all(|k| matches!(k.state, KeyState::Revoked(_)))
            );
        }
        for (agent, abroad) in agents_of(&sides, owner) {
            for ask in sweep(PrincipalId::Agent(agent), abroad, &THREE) {
                sides.allow(&ask).then(|| before.add());
                prop_assert!(!after.allow(&ask), "{ask:#?}");
                let at_home = Sides { host: after.home(&ask).clone(), away: after.away.clone() };
                prop_assert!(!at_home.allow(&Ask { abroad: false, ..ask.clone() }), "{ask:#?}");
            }
        }
        for ask in &drawn.asks {
            if sides.owner(ask) == Some(owner) {
                prop_assert!(!after.allow(ask), "{ask:#?}");
            } else {
                let (was, is) =
                    (decided(&sides.host, &sides.away, ask), decided(&after.host, &after.away, ask));
                prop_assert_eq!(was, is);
                others.add();
            }
        }
        Ok(())
    });
    before.at_least(300, "calls were allowed before");
    others.at_least(1000, "calls of others came out the same");
}

#[test]
fn a_person_who_is_gone_leaves_nothing_that_works() {
    let before = Count::default();
    for_all(300, |mut drawn| {
        let mut sides = Sides::of(&drawn);
        let owner = id::user(drawn.dice.pick(&[1, 2, 3, 4]));
        let Some(membership) = sides.host.member(owner).cloned() else { return Ok(()) };
        let agents =
            agents_of(&sides, owner).into_iter().map(|(id, abroad)| (PrincipalId::Agent(id), abroad));
        let everybody: Vec<_> = agents.chain([(PrincipalId::User(owner), false)]).collect();
        let asks = everybody.into_iter().flat_map(|(principal, abroad)| sweep(principal, abroad, &THREE));
        let asks: Vec<Ask> = asks.filter(|ask| sides.allow(ask)).collect();
        before.add_all(asks.len());
        for edit in cascade::member_gone(&sides.host, &membership, &make::because(None)) {
            sides.host.edit(&edit);
        }
        prop_assert!(!asks.iter().any(|ask| sides.allow(ask)));
        let held = |holder| sides.host.keys_of(holder).any(|key| key.counts_at(make::now()));
        prop_assert!(!held(Holder::User(owner)));
        prop_assert!(!sides.host.agents_of(owner).any(|agent| held(Holder::Agent(agent.id))));
        prop_assert_eq!(sides.host.workspaces_of(Member::User(owner)).count(), 0);
        Ok(())
    });
    before.at_least(1000, "calls were allowed before");
}
