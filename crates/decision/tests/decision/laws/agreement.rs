//! The engine and the oracle say the same of every call.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use model::{Fact, Snapshot};
use proptest::prelude::*;

use super::{Sides, facts, for_all};
use crate::calls::{IN_ORDER, OTHERS, UNSEEN};
use crate::case::decided;
use crate::make;
use crate::oracle::judge;

#[test]
fn the_engine_agrees_with_the_oracle_and_a_good_part_is_allowed() {
    let counts: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    for_all(4000, |drawn| {
        let sides = Sides::of(&drawn);
        let (host, away): (Vec<Fact>, Vec<Fact>) = (facts(&sides.host), facts(&sides.away));
        for ask in drawn.asks {
            let decision = decided(&sides.host, &sides.away, &ask);
            let home = if ask.abroad { &away } else { &host };
            let expected = judge(&host, home, &ask, make::now()).err().unwrap_or("granted");
            prop_assert_eq!(decision.reason().code(), expected, "{:#?} {:#?}", ask, decision.steps);
            prop_assert_eq!(decision.is_allowed(), expected == "granted");
            *counts.borrow_mut().entry(expected).or_default() += 1;
        }
        Ok(())
    });
    let counts = counts.into_inner();
    let asked: u32 = counts.values().sum();
    let share = f64::from(counts["granted"]) * 100.0 / f64::from(asked);
    println!("{asked} calls, {share:.1} % allowed, {counts:?}");
    assert!(share >= 20.0, "only {share:.1} % are allowed: the laws would be about little");
    let tables = IN_ORDER.iter().chain(OTHERS).chain(UNSEEN).map(|(reason, _)| reason.code());
    let rare: BTreeSet<&str> = tables.filter(|code| counts.get(code).is_none_or(|n| *n < 20)).collect();
    assert!(rare.is_empty(), "hardly ever: {rare:?}");
}

#[test]
fn without_facts_nothing_is_allowed() {
    for_all(300, |drawn| {
        let sides = Sides::of(&drawn);
        let empty = Snapshot::default();
        for ask in &drawn.asks {
            for (host, away) in [(&empty, &empty), (&empty, &sides.away), (&sides.host, &empty)] {
                let allowed = decided(host, away, ask).is_allowed();
                let untouched = std::ptr::eq(host, &raw const sides.host) && !ask.abroad;
                prop_assert!(!allowed || untouched, "{ask:#?}");
            }
        }
        Ok(())
    });
}
