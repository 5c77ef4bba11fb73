//! `decide` alone, on facts of any size.

use decision::{Call, Facts, Operation, Subject, decide};
use model::{Snapshot, Timestamp};

use crate::organization::{Asked, Made, Wrong};
use crate::seed::today;
use crate::timing::{nanoseconds, resident_bytes};

/// Calls that are asked in turn: enough that neither their agents nor their tools stay in the processor's cache.
const ASKED: u64 = 8_192;
/// Decisions timed in one round.
const CALLS: u32 = 100_000;

/// A call, ready to be decided.
pub(crate) struct Ready {
    pub(crate) asked: Asked,
    pub(crate) subject: Subject,
}

/// Prints what one decision costs, and what an agent does.
pub(crate) fn run(agents: u64) -> Result<(), Wrong> {
    let now = today();
    let made = Made::new(agents, now);
    let before = resident_bytes().ok_or("no figure of memory on this system")?;
    let snapshot = facts(&made)?;
    let after = resident_bytes().ok_or("no figure of memory on this system")?;
    println!("AGENTS={agents}");
    println!("GRANTS={}", made.grant_count());
    println!("BYTES_PER_AGENT={}", after.saturating_sub(before) / agents);
    for (name, ask) in [("ALLOW", Made::allowed as fn(&Made, u64) -> Asked), ("DENY", Made::denied)] {
        let calls: Vec<Ready> = (0..ASKED).map(|n| ready(ask(&made, spread(n, agents)))).collect();
        let nanoseconds = nanoseconds(CALLS, |number| {
            let index = usize::try_from(number).unwrap_or(0) % calls.len();
            calls.get(index).map(|ready| decide(&Facts::of(&snapshot), call(&made, ready, now)))
        });
        let allowed = calls.iter().all(|ready| {
            decide(&Facts::of(&snapshot), call(&made, ready, now)).is_allowed() == (name == "ALLOW")
        });
        if !allowed {
            return Err(format!("a call meant for {name} came out the other way").into());
        }
        println!("{name}_NS={nanoseconds:.0}");
    }
    Ok(())
}

/// Everything about the organization.
pub(crate) fn facts(made: &Made) -> Result<Snapshot, Wrong> {
    let mut failed = None;
    let rest = made.rest().map_while(|fact| fact.map_err(|wrong| failed = Some(wrong)).ok());
    let snapshot = Snapshot::from_facts(made.beginning()?.into_iter().chain(rest));
    failed.map_or(Ok(snapshot), Err)
}

/// Agents from all over the organization, not the first few.
pub(crate) fn spread(number: u64, agents: u64) -> u64 {
    number.wrapping_mul(2_654_435_761) % agents.max(1)
}

pub(crate) fn ready(asked: Asked) -> Ready {
    let subject = Subject::Key(asked.credential.id());
    Ready { asked, subject }
}

pub(crate) fn call<'a>(made: &Made, ready: &'a Ready, now: Timestamp) -> Call<'a> {
    let Asked { server, workspace, tool, arguments, .. } = &ready.asked;
    Call {
        now,
        gateway: made.gateway(),
        subject: ready.subject,
        delegation_presented: false,
        server,
        workspace: Some(workspace),
        operation: Operation::Tool { name: tool, arguments: Some(arguments) },
        address: None,
        uses: 0,
    }
}
