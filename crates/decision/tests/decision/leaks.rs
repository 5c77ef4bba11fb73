//! What whoever shows a leaked secret can bring about: the end of its key, and nothing else.

use decision::{Action, Caller, Decision, Facts, Manage, Means, On, Reason, decide};
use model::{Holder, KeyId, OrganizationState, PrincipalId, Snapshot};

use crate::things::{every_pair, host};
use crate::world::{CRON, GATEWAY_KEY, MEMBER, OWNER, ROBOT_KEY, SCOUT, management_key};
use crate::{id, make};

const KEYS: [usize; 5] = [SCOUT, ROBOT_KEY, GATEWAY_KEY, 40 + MEMBER, 40 + OWNER];

fn report(snapshot: &Snapshot, key: KeyId, action: Action, on: On) -> Decision {
    let caller = Caller { principal: None, means: Means::LeakReport(key) };
    decide(&Facts::of(snapshot), Manage { now: make::now(), caller, action, on })
}

fn holder(snapshot: &Snapshot, key: usize) -> Holder {
    snapshot.key(id::key(key)).unwrap().holder
}

#[test]
fn a_leaked_secret_ends_its_own_key_and_does_nothing_else() {
    let snapshot = host().snapshot();
    assert_eq!(holder(&snapshot, ROBOT_KEY), Holder::Robot(id::robot(CRON)));
    assert_eq!(holder(&snapshot, management_key(OWNER)), Holder::User(id::user(OWNER)));
    for key in KEYS {
        let own = On::KeysOf(holder(&snapshot, key));
        let decision = report(&snapshot, id::key(key), Action::KeyRevoke, own);
        assert_eq!((decision.reason(), decision.key), (Reason::Granted, Some(id::key(key))));
        assert!(decision.permit().is_ok());
        for (action, on) in every_pair() {
            let allowed = report(&snapshot, id::key(key), action, on).is_allowed();
            assert_eq!(
                allowed,
                action == Action::KeyRevoke && on == own,
                "{action} {on:?} by the secret of {key}"
            );
        }
    }
}

#[test]
fn a_secret_of_no_key_here_ends_nothing() {
    let snapshot = host().snapshot();
    for (action, on) in every_pair() {
        assert!(!report(&snapshot, id::key(999), action, on).is_allowed(), "{action} {on:?}");
    }
}

/// The report is nobody's: it does not pass for a person, and no person's right is lent to it.
#[test]
fn a_leak_report_by_somebody_is_refused() {
    let snapshot = host().snapshot();
    let principals = [PrincipalId::User(id::user(OWNER)), PrincipalId::Agent(id::agent(SCOUT))];
    for principal in principals {
        let caller = Caller { principal: Some(principal), means: Means::LeakReport(id::key(SCOUT)) };
        for (action, on) in every_pair() {
            let decision = decide(&Facts::of(&snapshot), Manage { now: make::now(), caller, action, on });
            assert_eq!(decision.reason(), Reason::PeopleOnly, "{principal:?} {action} {on:?}");
        }
    }
}

#[test]
fn a_leaked_secret_ends_its_key_also_where_the_organization_is_suspended() {
    let mut facts = host();
    facts.organization(id::organization(1), |o| o.state = OrganizationState::Suspended(make::because(None)));
    let snapshot = facts.snapshot();
    let own = On::KeysOf(holder(&snapshot, SCOUT));
    assert!(report(&snapshot, id::key(SCOUT), Action::KeyRevoke, own).is_allowed());
}
