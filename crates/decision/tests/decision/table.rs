//! Every reason, reached; and which one it is when several things are wrong.

use std::collections::BTreeSet;

use decision::{Manage, Reason};

use crate::calls::{self, IN_ORDER, OTHERS, Row, UNSEEN};
use crate::case::Case;
use crate::happenings::{HAPPENINGS, Happening};
use crate::world;

/// The one way in which a row is checked.
fn check(case: &Case, expected: Reason) {
    let decision = case.decide();
    assert_eq!(decision.reason(), expected, "{:#?}\n{:#?}", case.ask, decision.steps);
    assert_eq!(decision.is_allowed(), expected == Reason::Granted);
}

fn check_row(start: fn() -> Case, (expected, change): &Row) {
    let mut case = start();
    change(&mut case);
    check(&case, *expected);
}

#[test]
fn each_thing_that_can_be_wrong_with_a_call_has_its_reason() {
    check(&world::allowed(), Reason::Granted);
    IN_ORDER.iter().chain(OTHERS).for_each(|row| check_row(world::allowed, row));
}

#[test]
fn a_call_whose_tool_is_not_shown_is_allowed_only_where_every_tool_is() {
    for row in UNSEEN {
        check_row(calls::unseen, row);
    }
}

#[test]
fn of_two_things_that_are_wrong_the_earlier_question_gives_the_reason() {
    for (at, (expected, earlier)) in IN_ORDER.iter().enumerate() {
        for (_, later) in &IN_ORDER[at + 1..] {
            let mut case = world::allowed();
            later(&mut case);
            earlier(&mut case);
            check(&case, *expected);
        }
    }
}

#[test]
fn every_question_after_the_principals_is_kept_as_evidence() {
    let mut case = world::allowed();
    for (_, change) in IN_ORDER.iter().skip_while(|(reason, _)| *reason != Reason::ToolChanged) {
        change(&mut case);
    }
    let stopped: Vec<Reason> = case.decide().steps.iter().filter_map(|step| step.stops).collect();
    let expected = [
        Reason::ToolChanged,
        Reason::ArgumentNotAllowed,
        Reason::OutsideScope,
        Reason::NeverListed,
        Reason::BlockedHere,
        Reason::OutsideKeyScope,
        Reason::DelegationUnknown,
    ];
    assert_eq!(stopped, expected);
}

#[test]
fn each_thing_that_can_be_wrong_with_managing_has_its_reason() {
    for row in HAPPENINGS {
        assert_eq!(managed(row), row.expected, "{}", row.what);
    }
}

fn managed(row: &Happening) -> Reason {
    let mut host = world::host();
    (row.change)(&mut host);
    let request =
        Manage { now: crate::make::now(), caller: row.caller.into(), action: row.action, on: (row.on)() };
    let snapshot = host.snapshot();
    decision::decide(&decision::Facts::of(&snapshot), request).reason()
}

/// Reasons that the tables cannot reach, each with the cause.
const ELSEWHERE: &[(Reason, &str)] = &[];

#[test]
fn every_reason_is_reached() {
    let calls = IN_ORDER.iter().chain(OTHERS).chain(UNSEEN).map(|(reason, _)| *reason);
    let reached: BTreeSet<Reason> = calls.chain(HAPPENINGS.iter().map(|row| row.expected)).collect();
    let elsewhere = ELSEWHERE.iter().map(|(reason, _)| *reason);
    let missing: BTreeSet<Reason> = Reason::ALL.iter().copied().filter(|r| !reached.contains(r)).collect();
    assert_eq!(missing, elsewhere.collect());
}
