//! Counting what is not counted yet. Read beside everything else; only the sums are written, and the mark with them.

use model::{OrganizationId, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

use super::count::{COLUMNS, Counted, Sums};
use super::{AT_ONCE, CALLS};
use crate::tenancy::scoped;
use crate::writing::begin;
use crate::{Store, StoreError, text};

/// Records that are counted in one step: a few milliseconds of reading, and sums that are written in about one, or, where
/// each record is another agent's, in some ten. The recorder's turn comes between two steps.
const STEP: i64 = 2_000;

const MARK: &str = "select counted_until from summary_marks where organization_id = $1";

/// Where a step ends: at the record that it may reach, or at what is old enough.
const REACH: &str = "select at from decisions where organization_id = $1 and at > $2 and at <= $3 \
    order by at limit 1 offset $4";

/// The mark moves only from where this step began: of two nodes that count the same, one is counted.
const MOVE: &str = "insert into summary_marks as m (organization_id, counted_until) values ($1, $3) \
    on conflict (organization_id) do update set counted_until = excluded.counted_until \
    where m.counted_until = $2";

const ADD_HOURS: (&str, &str) = (
    "insert into decision_hours as h (organization_id, person_id, hour, verdict, reason, records) values",
    "on conflict (organization_id, person_id, hour, verdict, reason) \
     do update set records = h.records + excluded.records",
);

const ADD_DAYS: (&str, &str) = (
    "insert into agent_days as d (organization_id, actor_id, day, actor_kind, actor_name, allowed, denied) values",
    "on conflict (organization_id, actor_id, day) do update set actor_name = excluded.actor_name, \
     allowed = d.allowed + excluded.allowed, denied = d.denied + excluded.denied",
);

impl Store {
    /// Summed a step of what is not counted yet, up to `until`, and returns whether there is more. `until` has to lie so
    /// far back that no record of before it is still on its way to the disk.
    pub async fn count_up_to(
        &self,
        organization: OrganizationId,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let until = text::micros(until);
        let reading = self.reading(organization).await?;
        let from = mark(&reading, organization).await?;
        let id = Value::from(organization.uuid());
        if from.is_some_and(|from| from >= until) {
            return Ok(false);
        }
        // The first mark is put before everything.
        let begun = from.unwrap_or(i64::MIN);
        let values = [id.clone(), begun.into(), until.into(), STEP.into()];
        let reach = ask(&reading, REACH, values).await?.into_iter().next();
        let reach: Option<i64> = reach.map(|row| row.try_get("", "at")).transpose()?;
        let end = reach.unwrap_or(until);
        let sums = sums(&reading, organization, begun, end).await?;
        drop(reading);
        self.add(organization, (from, end), sums).await?;
        Ok(reach.is_some())
    }

    async fn add(
        &self,
        organization: OrganizationId,
        (from, end): (Option<i64>, i64),
        sums: Sums,
    ) -> Result<(), StoreError> {
        let (transaction, _turn) = begin(self, Some(organization)).await?;
        let id = Value::from(organization.uuid());
        let values = [id.clone(), from.unwrap_or(i64::MIN).into(), end.into()];
        if run(&transaction, MOVE, values).await? == 0 {
            // Another node was there first.
            return Ok(());
        }
        let hours = sums.hours.into_iter().map(|((person, hour, verdict, reason), records)| {
            [id.clone(), person.into(), hour.into(), verdict.into(), reason.into(), records.into()]
        });
        put(&transaction, ADD_HOURS, hours.collect()).await?;
        let days = sums.days.into_iter().map(|((actor, day), counted)| {
            let (kind, name) = (counted.kind.into(), counted.name.into());
            [id.clone(), actor.into(), day.into(), kind, name, counted.allowed.into(), counted.denied.into()]
        });
        put(&transaction, ADD_DAYS, days.collect()).await?;
        Ok(transaction.commit().await?)
    }
}

/// Up to when everything is counted.
pub(super) async fn mark(
    reading: &DatabaseTransaction,
    organization: OrganizationId,
) -> Result<Option<i64>, StoreError> {
    let row = ask(reading, MARK, [organization.uuid().into()]).await?.into_iter().next();
    Ok(row.map(|row| row.try_get("", "counted_until")).transpose()?)
}

/// The sums of a stretch of time.
async fn sums(
    reading: &DatabaseTransaction,
    organization: OrganizationId,
    from: i64,
    until: i64,
) -> Result<Sums, StoreError> {
    let all = format!(
        "select {COLUMNS} from decisions where organization_id = $1 and at > $2 and at <= $3 \
         and substr(action, 1, {}) = '{CALLS}'",
        CALLS.len()
    );
    let mut sums = Sums::default();
    for row in ask(reading, &all, [organization.uuid().into(), from.into(), until.into()]).await? {
        sums.add(Counted::of(&row)?);
    }
    Ok(sums)
}

/// The rows of an organization that a statement finds within a reading.
pub(super) async fn ask(
    reading: &DatabaseTransaction,
    statement: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<sea_orm::QueryResult>, StoreError> {
    let backend = reading.get_database_backend();
    Ok(reading.query_all_raw(Statement::from_sql_and_values(backend, scoped(statement), values)).await?)
}

/// Writes rows, many in a statement.
async fn put<const COLUMNS: usize>(
    transaction: &DatabaseTransaction,
    (head, tail): (&str, &str),
    rows: Vec<[Value; COLUMNS]>,
) -> Result<(), StoreError> {
    for some in rows.chunks(AT_ONCE) {
        let marks = |row: usize| {
            let marks: Vec<String> = (1..=COLUMNS).map(|at| format!("${}", row * COLUMNS + at)).collect();
            format!("({})", marks.join(","))
        };
        let marks: Vec<String> = (0..some.len()).map(marks).collect();
        let statement = format!("{head} {} {tail}", marks.join(","));
        run(transaction, &statement, some.iter().flatten().cloned()).await?;
    }
    Ok(())
}

async fn run(
    transaction: &DatabaseTransaction,
    statement: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, StoreError> {
    let backend = transaction.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, statement, values);
    Ok(transaction.execute_raw(statement).await?.rows_affected())
}
