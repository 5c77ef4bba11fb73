//! The directory's key keeps what it brought, and nothing else.

use decision::{Action, Caller, Decision, Facts, Manage, Means, On, Reason, decide};
use model::{Holder, KeyState, OrganizationRole, OrganizationState, PrincipalId};

use crate::things::{every_pair, host};
use crate::world::{BROUGHT, DIRECTORY_KEY, GATEWAY_KEY, MEMBER, OWNER, SCOUT, management_key};
use crate::{edits, id, make};

fn ask(facts: &edits::Facts, caller: Caller, action: Action, on: On) -> Decision {
    let snapshot = facts.snapshot();
    decide(&Facts::of(&snapshot), Manage { now: make::now(), caller, action, on })
}

fn directory(key: usize) -> Caller {
    Caller { principal: None, means: Means::Directory(id::key(key)) }
}

/// What a directory does, on what it brought.
fn its_own() -> [(Action, On); 10] {
    let (brought, group) = (On::Member(id::user(BROUGHT)), On::Group(id::group(1)));
    [
        (Action::MemberAdd, On::MemberAs(id::user(99), OrganizationRole::Member)),
        (Action::MemberUpdate, brought),
        (Action::MemberSuspend, brought),
        (Action::MemberSignOut, brought),
        (Action::MemberResume, brought),
        (Action::MemberRemove, brought),
        (Action::GroupCreate, group),
        (Action::GroupUpdate, group),
        (Action::GroupRemove, group),
        (Action::GroupRead, group),
    ]
}

#[test]
fn it_keeps_the_people_and_groups_it_brought() {
    for (action, on) in its_own() {
        let decision = ask(&host(), directory(DIRECTORY_KEY), action, on);
        assert_eq!(decision.reason(), Reason::Granted, "{action} {on:?}");
        let permit = decision.permit().expect("a permit");
        assert_eq!(permit.actor().key, Some(id::key(DIRECTORY_KEY)));
        assert_eq!(permit.actor().principal, None);
    }
}

/// The first owner, emergency accounts, everybody who came otherwise: out of its reach (security.md S8).
#[test]
fn whom_it_did_not_bring_it_cannot_touch() {
    for (action, on) in its_own() {
        let on = match on {
            On::Member(_) => On::Member(id::user(OWNER)),
            On::MemberAs(_, role) => On::MemberAs(id::user(MEMBER), role),
            _ => continue,
        };
        let reason = ask(&host(), directory(DIRECTORY_KEY), action, on).reason();
        assert_eq!(reason, Reason::NotYours, "{action} {on:?}");
    }
}

/// Who is brought is a member: what more they are is given by somebody of the organization.
#[test]
fn it_brings_members_and_nothing_higher() {
    for role in [OrganizationRole::Admin, OrganizationRole::Owner] {
        let on = On::MemberAs(id::user(99), role);
        let reason = ask(&host(), directory(DIRECTORY_KEY), Action::MemberAdd, on).reason();
        assert_eq!(reason, Reason::AboveYourRole);
    }
}

#[test]
fn it_can_do_nothing_else() {
    let own: Vec<Action> = its_own().iter().map(|(action, _)| *action).collect();
    for (action, on) in every_pair() {
        let decision = ask(&host(), directory(DIRECTORY_KEY), action, on);
        if !own.contains(&action) && action != Action::MemberRead {
            assert_eq!(decision.reason(), Reason::PeopleOnly, "{action} {on:?}");
        }
        // Nothing about keys, whatever else it may: its own neither.
        if action.name().starts_with("key.") {
            assert!(!decision.is_allowed(), "{action} {on:?}");
        }
    }
}

#[test]
fn only_a_directorys_own_key_that_counts_is_one() {
    let others = [SCOUT, GATEWAY_KEY, management_key(OWNER), 70];
    for (action, on) in its_own() {
        for key in others {
            assert_eq!(ask(&host(), directory(key), action, on).reason(), Reason::CredentialUnknown);
        }
        let mut foreign = host();
        foreign.key(id::key(DIRECTORY_KEY), |key| key.holder = Holder::Directory(id::organization(2)));
        let mut revoked = host();
        revoked.key(id::key(DIRECTORY_KEY), |key| key.state = KeyState::Revoked(make::because(None)));
        let mut expired = host();
        expired.key(id::key(DIRECTORY_KEY), |key| key.expires_at = make::now());
        let mut suspended = host();
        let stopped = OrganizationState::Suspended(make::because(None));
        suspended.organization(id::organization(1), |organization| organization.state = stopped);
        for (facts, expected) in [
            (foreign, Reason::CredentialUnknown),
            (revoked, Reason::CredentialRevoked),
            (expired, Reason::CredentialExpired),
            (suspended, Reason::OrganizationSuspended),
        ] {
            assert_eq!(ask(&facts, directory(DIRECTORY_KEY), action, on).reason(), expected, "{action}");
        }
        let named =
            Caller { principal: Some(PrincipalId::User(id::user(OWNER))), ..directory(DIRECTORY_KEY) };
        assert_eq!(ask(&host(), named, action, on).reason(), Reason::PeopleOnly);
    }
}
