//! Writing the organization into a database, under permits as every write.

use std::fmt::Write;
use std::path::Path;

use decision::{Action, Caller, Facts, Manage, Means, On, Permit, Record, decide};
use model::{DecisionId, Edit, Fact, PrincipalId, Revision, Snapshot, Timestamp, to_micros};
use store::{Options, Store};

use crate::dice::Dice;
use crate::organization::{Asked, Made, Wrong};

/// Facts in one transaction: few enough to hold, many enough that the commit does not count.
const CHUNK: usize = 5_000;

/// Seeds an empty database; writes the bodies of so many allowed calls to the file, one to a line.
pub(crate) async fn run(url: &str, agents: u64, calls: u64, file: &Path) -> Result<(), Wrong> {
    let store = Store::connect(&Options { url: url.to_owned(), max_connections: 2 }).await?;
    store.migrate().await?;
    let made = Made::new(agents, today());
    write(&store, &made).await?;
    store.close().await;
    let bodies = (0..calls).try_fold(String::new(), |mut all, number| {
        writeln!(all, "{}", body(&made.allowed(number)))?;
        Ok::<_, std::fmt::Error>(all)
    })?;
    std::fs::write(file, bodies)?;
    println!("GATEWAY_KEY={}", Made::gateway_token().expose());
    println!("GRANTS={}", made.grant_count());
    Ok(())
}

/// Writes everything there is.
pub(crate) async fn write(store: &Store, made: &Made) -> Result<(), Wrong> {
    let beginning = made.beginning()?;
    let snapshot = Snapshot::from_facts(beginning.iter().cloned());
    let now = today();
    let permit = permit(&snapshot, operator(), Action::OrganizationCreate, now)?;
    let writing = store.begin_new(made.id(), "measured-0").await?;
    let evidence = record(&permit, now, 0);
    let edits: Vec<Edit> = beginning.into_iter().map(Edit::create).collect();
    let mut revision = last(&writing.commit(permit, &edits, evidence).await?);
    let mut rest = made.rest().peekable();
    while rest.peek().is_some() {
        let facts: Vec<Fact> = rest.by_ref().take(CHUNK).collect::<Result<_, _>>()?;
        let edits: Vec<Edit> = facts.into_iter().map(Edit::create).collect();
        let snapshot = snapshot.clone().at(revision);
        let permit = self::permit(&snapshot, administrator(made), Action::OrganizationUpdate, now)?;
        let evidence = record(&permit, now, revision.0);
        revision = last(&store.begin(made.id()).await?.commit(permit, &edits, evidence).await?);
    }
    Ok(())
}

fn last(changes: &[model::Change]) -> Revision {
    changes.last().map(|change| change.revision).unwrap_or_default()
}

/// The body of `POST /v1/check`.
pub(crate) fn body(asked: &Asked) -> serde_json::Value {
    serde_json::json!({
        "credential": asked.credential.expose(),
        "server": asked.server,
        "method": "tools/call",
        "tool": asked.tool,
        "arguments": asked.arguments,
        "workspace": asked.workspace,
    })
}

fn operator() -> Caller {
    Caller { principal: None, means: Means::Operator }
}

fn administrator(made: &Made) -> Caller {
    Caller { principal: Some(PrincipalId::User(made.administrator())), means: Means::Session }
}

fn permit(snapshot: &Snapshot, caller: Caller, action: Action, now: Timestamp) -> Result<Permit, Wrong> {
    let request = Manage { now, caller, action, on: On::Organization };
    let decision = decide(&Facts::of(snapshot), request);
    decision.permit().map_err(|denial| format!("not permitted: {}", denial.reason().code()).into())
}

fn record(permit: &Permit, now: Timestamp, number: u64) -> Record {
    Record::of(DecisionId::draw(now, &mut Dice::of(20, number)), now, permit.decision().clone())
}

#[expect(clippy::disallowed_methods, reason = "keys that are made for measuring have to count now")]
pub(crate) fn today() -> Timestamp {
    to_micros(chrono::Utc::now())
}
