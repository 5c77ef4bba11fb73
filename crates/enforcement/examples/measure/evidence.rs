//! An organization with a month of decisions behind it, for pages that read evidence.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use decision::{Facts, Record, Stamp, decide};
use model::{DecisionId, KeyId, Snapshot, Timestamp};
use store::{KeyUsage, Options, Store};

use crate::decide::{Ready, call, facts, ready, spread};
use crate::dice::Dice;
use crate::organization::{Made, Wrong};
use crate::seed::{today, write};

/// How far back the decisions reach, in seconds: as long as pages look back.
const REACH_SECONDS: i64 = 30 * 86_400;
/// One in so many is denied.
const DENIED: u64 = 8;
/// Records in one commit.
const CHUNK: u64 = 5_000;
/// What a call took to decide, in microseconds.
const TOOK_US: u64 = 12;

/// Writes an organization with so many agents and so many decisions into an empty database.
pub(crate) async fn run(url: &str, agents: u64, decisions: u64) -> Result<(), Wrong> {
    let store = Store::connect(&Options { url: url.to_owned(), max_connections: 2 }).await?;
    store.migrate().await?;
    let month = Month { made: Made::new(agents, today()), agents, decisions, end: today() };
    write(&store, &month.made).await?;
    let snapshot = facts(&month.made)?;
    let mut used = BTreeMap::new();
    let mut number = 0;
    while number < decisions {
        let end = (number + CHUNK).min(decisions);
        let records = (number..end).map(|number| month.record(&snapshot, number));
        let records: Vec<Record> = records.collect::<Result<_, _>>()?;
        store.append(&records).await?;
        for record in &records {
            note(&mut used, record);
        }
        number = end;
    }
    // As it is noted and counted beside the recorder while a month goes by.
    store.note_usage(month.made.id(), &used.into_values().collect::<Vec<_>>(), &[]).await?;
    while store.count_up_to(month.made.id(), month.end).await? {}
    store.close().await;
    println!("DECISIONS={decisions}");
    println!("OWNER={}", month.made.administrator());
    Ok(())
}

/// Notes when a key was used, as a node does that answers calls.
fn note(used: &mut BTreeMap<KeyId, KeyUsage>, record: &Record) {
    let Some(key) = record.decision.key else { return };
    let new = KeyUsage { key, at: record.at, address: None, gateway: record.gateway, allowed: 0, denied: 0 };
    let usage = used.entry(key).or_insert(new);
    usage.at = usage.at.max(record.at);
    *if record.decision.is_allowed() { &mut usage.allowed } else { &mut usage.denied } += 1;
}

/// Decisions spread evenly over the days before today.
struct Month {
    made: Made,
    agents: u64,
    decisions: u64,
    end: Timestamp,
}

impl Month {
    /// The decision of that number, the oldest first.
    fn record(&self, snapshot: &Snapshot, number: u64) -> Result<Record, Wrong> {
        let agent = spread(number, self.agents);
        let asked =
            if number.is_multiple_of(DENIED) { self.made.denied(agent) } else { self.made.allowed(agent) };
        let ready: Ready = ready(asked);
        let at = self.at(number)?;
        let call = call(&self.made, &ready, self.end);
        let decision = decide(&Facts::of(snapshot), call);
        let mut record = Record::of_call(DecisionId::draw(at, &mut Dice::of(21, number)), decision, &call);
        record.at = at;
        record.duration_us = TOOK_US;
        record.stamp = Stamp { node: "measured".into(), epoch: 1, sequence: number + 1 };
        Ok(record)
    }

    fn at(&self, number: u64) -> Result<Timestamp, Wrong> {
        let left = i128::from(self.decisions - number) * i128::from(REACH_SECONDS) * 1_000;
        let ago = i64::try_from(left / i128::from(self.decisions.max(1)))?;
        let at = self.end.checked_sub_signed(TimeDelta::milliseconds(ago));
        at.ok_or_else(|| "a time before time".into())
    }
}
