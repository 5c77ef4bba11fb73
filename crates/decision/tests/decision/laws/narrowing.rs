//! Taking away never allows, and neither does refusing more.

use model::{AgentId, Edit, Fact, KeyId, Scope, Snapshot};
use proptest::prelude::*;

use super::{Count, Sides, facts, for_all};
use crate::ask::{Ask, What};
use crate::{generate, make};

/// Whether a call may come to be allowed when this fact goes: only where the fact itself is a restriction.
fn restricts(fact: &Fact, ask: &Ask) -> bool {
    match fact {
        Fact::Override(_) => true,
        // A call that names no workspace is refused while there are several to choose from.
        Fact::Attachment(_) => ask.workspace.is_none(),
        // A call that does not show its tool is refused while one of them has changed.
        Fact::Tool(_) => ask.what == What::Unseen,
        _ => false,
    }
}

fn without(side: &Snapshot, fact: &Fact) -> Snapshot {
    let mut side = side.clone();
    side.edit(&Edit { before: Some(fact.clone()), after: None });
    side
}

fn refused_stays_refused(before: &Sides, after: &Sides, asks: &[&Ask]) -> Result<(), TestCaseError> {
    for ask in asks {
        prop_assert!(before.allow(ask) || !after.allow(ask), "{ask:#?}");
    }
    Ok(())
}

#[test]
fn removing_a_fact_never_allows() {
    let (removed, lost) = (Count::default(), Count::default());
    for_all(150, |drawn| {
        let sides = Sides::of(&drawn);
        let (allowed, denied): (Vec<&Ask>, Vec<&Ask>) = drawn.asks.iter().partition(|ask| sides.allow(ask));
        for fact in facts(&sides.host) {
            let after = Sides { host: without(&sides.host, &fact), away: sides.away.clone() };
            let denied: Vec<&Ask> = denied.iter().copied().filter(|ask| !restricts(&fact, ask)).collect();
            refused_stays_refused(&sides, &after, &denied)?;
            removed.add();
            allowed.iter().filter(|ask| !after.allow(ask)).for_each(|_| lost.add());
        }
        for fact in facts(&sides.away) {
            let after = Sides { host: sides.host.clone(), away: without(&sides.away, &fact) };
            refused_stays_refused(&sides, &after, &denied)?;
        }
        Ok(())
    });
    removed.at_least(5000, "facts were removed");
    lost.at_least(1000, "calls were lost by it");
}

/// Every scope with one entry less.
fn shorter(scope: &Scope) -> impl Iterator<Item = Scope> {
    (0..scope.entries.len()).map(|at| {
        let mut scope = scope.clone();
        scope.entries.remove(at);
        scope
    })
}

fn with_agent(side: &Snapshot, id: AgentId, change: impl FnOnce(&mut model::Agent)) -> Snapshot {
    let Some(agent) = side.agent(id) else { return side.clone() };
    let (before, mut after) = ((**agent).clone(), (**agent).clone());
    change(&mut after);
    let mut side = side.clone();
    side.edit(&Edit::update(before, after));
    side
}

fn with_key(side: &Snapshot, id: KeyId, change: impl FnOnce(&mut model::Key)) -> Snapshot {
    let Some(key) = side.key(id) else { return side.clone() };
    let (before, mut after) = ((**key).clone(), (**key).clone());
    change(&mut after);
    let mut side = side.clone();
    side.edit(&Edit::update(before, after));
    side
}

/// The same, on both sides at once: an id is on one of them.
fn both(sides: &Sides, change: impl Fn(&Snapshot) -> Snapshot) -> Sides {
    Sides { host: change(&sides.host), away: change(&sides.away) }
}

fn agents(sides: &Sides) -> Vec<model::Agent> {
    let all = sides.host.list_agents(None).chain(sides.away.list_agents(None));
    all.map(|agent| (**agent).clone()).collect()
}

fn keys(sides: &Sides) -> Vec<model::Key> {
    sides.host.list_keys(None).chain(sides.away.list_keys(None)).map(|key| (**key).clone()).collect()
}

#[test]
fn removing_an_entry_of_a_scope_never_allows() {
    let removed = Count::default();
    for_all(300, |drawn| {
        let sides = Sides::of(&drawn);
        let asks: Vec<&Ask> = drawn.asks.iter().collect();
        for agent in agents(&sides) {
            for scope in shorter(&agent.scope) {
                let after = both(&sides, |side| with_agent(side, agent.id, |a| a.scope = scope.clone()));
                refused_stays_refused(&sides, &after, &asks)?;
                removed.add();
            }
        }
        for key in keys(&sides) {
            for scope in key.limits.scope.iter().flat_map(shorter) {
                let after =
                    both(&sides, |side| with_key(side, key.id, |k| k.limits.scope = Some(scope.clone())));
                refused_stays_refused(&sides, &after, &asks)?;
                removed.add();
            }
        }
        Ok(())
    });
    removed.at_least(1000, "entries were removed");
}

#[test]
fn adding_a_refusal_never_allows() {
    let (added, lost) = (Count::default(), Count::default());
    for_all(400, |mut drawn| {
        let sides = Sides::of(&drawn);
        let asks: Vec<&Ask> = drawn.asks.iter().collect();
        let mut afters = Vec::new();
        for agent in agents(&sides) {
            let entry = generate::entry(&mut drawn.dice);
            afters.push(both(&sides, |side| {
                with_agent(side, agent.id, |a| a.never.entries.push(entry.clone()))
            }));
        }
        let mut narrowed = sides.clone();
        narrowed.host.edit(&Edit::create(generate::narrowing(&mut drawn.dice, 50, &agents(&sides))));
        afters.push(narrowed);
        for grant in sides.host.list_grants(None) {
            let mut limited = (**grant).clone();
            limited.constraints.push(generate::constraint(&mut drawn.dice));
            let mut after = sides.clone();
            after.host.edit(&Edit::update((**grant).clone(), limited));
            afters.push(after);
        }
        for after in afters {
            refused_stays_refused(&sides, &after, &asks)?;
            added.add();
            asks.iter().filter(|ask| sides.allow(ask) && !after.allow(ask)).for_each(|_| lost.add());
        }
        Ok(())
    });
    added.at_least(3000, "refusals were added");
    lost.at_least(300, "calls were lost by them");
}

/// What is allowed with a scope is allowed with every scope above it, and nothing is allowed with none.
#[test]
fn scopes_never_widen() {
    let (agents_asked, keys_asked) = (Count::default(), Count::default());
    for_all(600, |drawn| {
        let sides = Sides::of(&drawn);
        for ask in drawn.asks.iter().filter(|ask| sides.allow(ask)) {
            let decision = crate::case::decided(&sides.host, &sides.away, ask);
            if let Some(model::PrincipalId::Agent(id)) = sides.principal(ask) {
                let wide = both(&sides, |side| with_agent(side, id, |a| a.scope = make::everything()));
                prop_assert!(wide.allow(ask), "{ask:#?}");
                let none = both(&sides, |side| with_agent(side, id, |a| a.scope = Scope::default()));
                prop_assert!(!none.allow(ask), "{ask:#?}");
                agents_asked.add();
            }
            if let Some(key) = decision.key {
                let wide = both(&sides, |side| with_key(side, key, |k| k.limits.scope = None));
                prop_assert!(wide.allow(ask), "{ask:#?}");
                let none =
                    both(&sides, |side| with_key(side, key, |k| k.limits.scope = Some(Scope::default())));
                prop_assert!(!none.allow(ask), "{ask:#?}");
                keys_asked.add();
            }
        }
        Ok(())
    });
    agents_asked.at_least(300, "allowed calls of agents");
    keys_asked.at_least(300, "allowed calls with a key");
}
