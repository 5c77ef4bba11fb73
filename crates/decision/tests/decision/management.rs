//! Managing is for people, and each within their own power.

use decision::{Action, Caller, Decision, Facts, Manage, Means, On, Reason, decide};
use model::{Holder, KeyState, OrganizationRole, PrincipalId, Snapshot, UserId};

use crate::happenings::By;
use crate::things::{HOLDERS, every_pair, host, things};
use crate::world::{ADMIN, AUDITOR, GUEST, MEMBER, OTHER, OWNER, PEOPLE, SCOUT, STRANGE, management_key};
use crate::{id, make, world};

fn manage(snapshot: &Snapshot, caller: impl Into<Caller>, action: Action, on: On) -> Decision {
    let request = Manage { now: make::now(), caller: caller.into(), action, on };
    decide(&Facts::of(snapshot), request)
}

fn reads(action: Action) -> bool {
    // To take evidence away is to read it, and leaves a record.
    action == Action::EvidenceExport || action.name().split_once('.').is_some_and(|(_, verb)| verb == "read")
}

/// Whoever owns it and whatever it shows: what is not a person manages nothing.
#[test]
fn only_people_manage() {
    let snapshot = host().snapshot();
    let agent = Some(PrincipalId::Agent(id::agent(SCOUT)));
    let robot = Some(PrincipalId::Robot(id::robot(world::CRON)));
    let owner = Some(PrincipalId::User(id::user(OWNER)));
    let owners_key = Means::ManagementKey(id::key(management_key(OWNER)));
    let own_key = Means::ManagementKey(id::key(SCOUT));
    let callers = [
        (agent, Means::OtherCredential),
        (robot, Means::OtherCredential),
        (owner, Means::OtherCredential),
        (None, Means::OtherCredential),
        (agent, Means::Session),
        (robot, Means::Session),
        (None, Means::Session),
        (agent, owners_key),
        (robot, owners_key),
        (None, owners_key),
        (agent, own_key),
    ];
    for (principal, means) in callers {
        for (action, on) in every_pair() {
            let decision = manage(&snapshot, Caller { principal, means }, action, on);
            assert_eq!(decision.reason(), Reason::PeopleOnly, "{principal:?} {means:?} {action} {on:?}");
            assert!(decision.permit().is_err());
        }
    }
}

/// Nor does an agent's key pass for a management key in its owner's hand.
#[test]
fn only_a_management_key_of_ones_own_is_one() {
    let snapshot = host().snapshot();
    let by = |person, key| Caller {
        principal: Some(PrincipalId::User(id::user(person))),
        means: Means::ManagementKey(id::key(key)),
    };
    for (action, on) in every_pair() {
        for key in [SCOUT, world::ROBOT_KEY, world::GATEWAY_KEY, management_key(OWNER)] {
            let reason = manage(&snapshot, by(MEMBER, key), action, on).reason();
            assert_eq!(reason, Reason::CredentialUnknown, "{action} {on:?} with {key}");
        }
    }
}

#[test]
fn a_management_key_can_do_what_its_maker_can_and_no_more() {
    let snapshot = host().snapshot();
    for (person, ..) in PEOPLE {
        for (action, on) in every_pair() {
            let by_session = manage(&snapshot, By::Session(person), action, on);
            let by_key = manage(&snapshot, By::ManagementKey(person), action, on);
            // What changes who can sign in is for a person in a signed-in session alone (model.md).
            let changes_sign_in = match (action, on) {
                (Action::KeyCreate | Action::KeyRotate, On::KeysOf(Holder::Directory(_)))
                | (Action::SignalStreamCreate, _) => true,
                _ => {
                    let of_sign_in = [
                        "connection.",
                        "domain.",
                        "break_glass.add",
                        "break_glass.remove",
                        "identity.accept",
                    ]
                    .iter()
                    .any(|noun| action.name().starts_with(noun));
                    of_sign_in && !reads(action)
                }
            };
            let expected = if by_session.is_allowed() && changes_sign_in {
                Reason::SignedInOnly
            } else {
                by_session.reason()
            };
            assert_eq!(by_key.reason(), expected, "{person} {action} {on:?}");
            assert_eq!(by_key.key, Some(id::key(management_key(person))));
        }
    }
}

/// I1: an agent of another organization is named, and the answer is no. That is evidence where it was asked, and where
/// the agent is at home only for who belongs there; what was allowed is evidence in both.
#[test]
fn a_refusal_stays_where_it_was_asked() {
    let (host, away) = (host().snapshot(), world::away().snapshot());
    let place = On::Workspace(id::workspace(world::PLATFORM));
    for (person, allowed, at_home) in
        [(ADMIN, true, true), (MEMBER, false, false), (AUDITOR, false, false), (GUEST, false, true)]
    {
        let request = Manage {
            now: make::now(),
            caller: By::Session(person).into(),
            action: Action::OverridePut,
            on: place,
        };
        let decision = decide(&Facts { host: &host, home: &away }, request);
        assert_eq!((decision.is_allowed(), decision.home.is_some()), (allowed, at_home), "{person}");
    }
}

#[test]
fn a_management_key_that_has_ended_can_do_nothing() {
    let mut revoked = host();
    revoked.key(id::key(management_key(OWNER)), |k| k.state = KeyState::Revoked(make::because(None)));
    let mut expired = host();
    expired.key(id::key(management_key(OWNER)), |k| k.expires_at = make::now());
    for (facts, expected) in [(revoked, Reason::CredentialRevoked), (expired, Reason::CredentialExpired)] {
        let snapshot = facts.snapshot();
        for (action, on) in every_pair() {
            let reason = manage(&snapshot, By::ManagementKey(OWNER), action, on).reason();
            assert_eq!(reason, expected, "{action} {on:?}");
        }
    }
}

#[test]
fn an_administrator_cannot_touch_an_owner() {
    use Action::{
        KeyCreate, KeyRevoke, KeyRotate, KeyUpdate, MemberAdd, MemberRemove, MemberResume, MemberSuspend,
        MemberUpdate,
    };
    let snapshot = host().snapshot();
    let owner = id::user(OWNER);
    let raised = |user: UserId| On::MemberAs(user, OrganizationRole::Owner);
    let lowered = On::MemberAs(owner, OrganizationRole::Guest);
    for action in [MemberAdd, MemberUpdate, MemberSuspend, MemberResume, MemberRemove] {
        for on in
            [On::Member(owner), lowered, raised(owner), raised(id::user(MEMBER)), raised(id::user(ADMIN))]
        {
            let reason = manage(&snapshot, By::Session(ADMIN), action, on).reason();
            assert_eq!(reason, Reason::AboveYourRole, "{action} {on:?}");
            assert!(manage(&snapshot, By::Session(OWNER), action, on).is_allowed(), "{action} {on:?}");
        }
        let below = On::MemberAs(id::user(MEMBER), OrganizationRole::Admin);
        assert!(manage(&snapshot, By::Session(ADMIN), action, below).is_allowed());
    }
    for action in [KeyCreate, KeyRotate, KeyUpdate, KeyRevoke] {
        let decision = manage(&snapshot, By::Session(ADMIN), action, On::KeysOf(Holder::User(owner)));
        assert!(!decision.is_allowed(), "{action}");
    }
}

/// Making or replacing a management key is making oneself able to act as its holder: nobody does it for another.
#[test]
fn nobody_makes_a_management_key_for_another_person() {
    let snapshot = host().snapshot();
    for (person, ..) in PEOPLE {
        for (other, ..) in PEOPLE {
            for action in [Action::KeyCreate, Action::KeyRotate] {
                let on = On::KeysOf(Holder::User(id::user(other)));
                let allowed = manage(&snapshot, By::Session(person), action, on).is_allowed();
                assert_eq!(
                    allowed,
                    person == other && person != world::SUSPENDED,
                    "{person} {action} {other}"
                );
            }
        }
    }
}

#[test]
fn an_owner_of_agents_does_everything_for_them_and_nothing_for_others() {
    let snapshot = host().snapshot();
    let own = |action: Action| match action.name().split('.').next() {
        Some("agent") if action == Action::AgentCreate => Some((
            On::NewAgent(id::agent(99), id::user(MEMBER)),
            On::NewAgent(id::agent(99), id::user(OTHER)),
        )),
        Some("agent") => Some((On::Agent(id::agent(SCOUT)), On::Agent(id::agent(STRANGE)))),
        Some("key") if action != Action::KeyRotateMany => {
            Some((On::KeysOf(Holder::Agent(id::agent(SCOUT))), On::KeysOf(Holder::Agent(id::agent(STRANGE)))))
        }
        Some("decision") => Some((On::Evidence(Some(id::user(MEMBER))), On::Evidence(Some(id::user(OTHER))))),
        _ => match action {
            Action::InvitationCreate | Action::InvitationWithdraw => {
                Some((On::Agent(id::agent(SCOUT)), On::Agent(id::agent(STRANGE))))
            }
            Action::MemberHandOver => Some((On::Member(id::user(MEMBER)), On::Member(id::user(OTHER)))),
            _ => None,
        },
    };
    let actions: Vec<_> = Action::ALL.iter().filter_map(|a| own(*a).map(|on| (*a, on))).collect();
    assert!(actions.len() >= 17, "{}", actions.len());
    for (action, (own, others)) in actions {
        let mine = manage(&snapshot, By::Session(MEMBER), action, own).reason();
        assert_eq!(mine, Reason::Granted, "{action}");
        let not_mine = manage(&snapshot, By::Session(MEMBER), action, others).reason();
        assert_eq!(not_mine, Reason::NotYours, "{action}");
    }
}

#[test]
fn an_auditor_reads_everything_and_changes_nothing() {
    let snapshot = host().snapshot();
    for action in Action::ALL {
        for thing in things(*action) {
            let decision = manage(&snapshot, By::Session(AUDITOR), *action, thing.anothers);
            assert_eq!(decision.is_allowed(), reads(*action), "{action} {:?}", thing.anothers);
        }
    }
}

/// A guest of the organization sees what they were invited to and nothing else.
#[test]
fn a_guest_reads_only_the_name_of_the_organization_and_what_is_theirs() {
    let snapshot = host().snapshot();
    for action in Action::ALL {
        for thing in things(*action) {
            let decision = manage(&snapshot, By::Session(GUEST), *action, thing.anothers);
            assert_eq!(decision.is_allowed(), *action == Action::OrganizationRead, "{action}");
        }
    }
}

#[test]
fn the_operator_begins_and_ends_organizations_and_does_nothing_in_them() {
    let snapshot = host().snapshot();
    for (action, on) in every_pair() {
        let allowed = manage(&snapshot, By::Nobody(Means::Operator), action, on).is_allowed();
        let is_theirs = matches!(
            action,
            Action::OrganizationCreate
                | Action::OrganizationSuspend
                | Action::OrganizationResume
                | Action::OrganizationDelete
                | Action::OrganizationUndelete
                | Action::OrganizationExport
                | Action::MemberSignInLink
        );
        assert_eq!(allowed, is_theirs, "{action}");
    }
}

#[test]
fn without_an_organization_nobody_manages() {
    for (action, on) in every_pair() {
        for (person, ..) in PEOPLE {
            let decision = manage(&Snapshot::default(), By::Session(person), action, on);
            assert!(!decision.is_allowed(), "{action}");
        }
    }
}

/// A permit is for the decision it came from, and only an allowed decision to manage becomes one.
#[test]
fn a_permit_carries_its_decision_and_a_call_never_becomes_one() {
    let snapshot = host().snapshot();
    for (_, person) in HOLDERS {
        for (action, on) in every_pair() {
            let decision = manage(&snapshot, By::Session(person), action, on);
            match decision.clone().permit() {
                Ok(permit) => {
                    assert!(decision.is_allowed());
                    assert_eq!((permit.action(), permit.organization()), (action, id::organization(1)));
                    assert_eq!(
                        (permit.target(), permit.revision()),
                        (decision.target.as_ref(), decision.revision)
                    );
                    assert_eq!((permit.user(), permit.decision()), (Some(id::user(person)), &decision));
                }
                Err(denial) => assert_eq!(denial.reason(), decision.public_reason()),
            }
        }
    }
    let call = world::allowed().decide();
    assert!(call.is_allowed());
    assert!(call.permit().is_err(), "a call is no power to write");
}
