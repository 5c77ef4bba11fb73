//! What a picture is drawn from: the sums, and what came after them.

use std::collections::{BTreeMap, BTreeSet};

use decision::{Reason, Verdict};
use model::{OrganizationId, PrincipalId, Timestamp, UserId};
use sea_orm::{AccessMode, DatabaseTransaction, IsolationLevel, QueryResult, TransactionTrait, Value};
use uuid::Uuid;

use super::closed::calls;
use super::count::{COLUMNS, Counted};
use super::fill::{ask, mark};
use super::{AT_ONCE, CALLS, DAY, HOUR, NEWEST};
use crate::tenancy::{Sight, see};
use crate::{Backend, Store, StoreError, text};

/// Calls of an hour that came out alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourCount {
    /// Which stretch of time, from 0: as many hours as were asked for.
    pub stretch: usize,
    /// How they came out.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// How many.
    pub records: u64,
}

/// The calls of an agent or robot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentCount {
    /// Who.
    pub id: PrincipalId,
    /// What it was called when it last called.
    pub name: String,
    /// How many were allowed and denied, day by day, oldest first.
    pub days: Vec<(u64, u64)>,
}

impl AgentCount {
    /// How many in all: allowed, denied.
    pub fn total(&self) -> (u64, u64) {
        self.days.iter().fold((0, 0), |(allowed, denied), (a, d)| (allowed + a, denied + d))
    }
}

/// Something that was counted, and up to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summed<T> {
    /// What was counted.
    pub of: T,
    /// Where not everything is: between these two moments records are not counted yet.
    pub missing: Option<(Timestamp, Timestamp)>,
}

const HOURS: &str = "select (hour - $3) / $4 as stretch, verdict, reason, cast(sum(records) as bigint) as records \
    from decision_hours where organization_id = $1 and person_id = $2 and hour >= $3 and hour < $5 \
    group by 1, 2, 3";

impl Store {
    /// How many calls came out how, in stretches of whole hours that follow each other, the first of which begins with
    /// the hour of `from`. For a person: only those of agents that they answered for.
    pub async fn hour_counts(
        &self,
        organization: OrganizationId,
        person: Option<UserId>,
        from: Timestamp,
        (stretches, hours): (usize, u16),
    ) -> Result<Summed<Vec<HourCount>>, StoreError> {
        let reading = self.still(organization).await?;
        let (first, hours) = (text::micros(from).div_euclid(HOUR), i64::from(hours.max(1)));
        let end = first + hours * i64::try_from(stretches).unwrap_or(i64::MAX / HOUR);
        let nobody = person.map_or(Uuid::nil(), UserId::uuid);
        let values: [Value; 5] =
            [organization.uuid().into(), nobody.into(), first.into(), hours.into(), end.into()];
        let mut sums: BTreeMap<(i64, String, String), i64> = BTreeMap::new();
        for row in ask(&reading, HOURS, values).await? {
            let key = (row.try_get("", "stretch")?, row.try_get("", "verdict")?, row.try_get("", "reason")?);
            *sums.entry(key).or_default() += row.try_get::<i64>("", "records")?;
        }
        let (newest, missing) = newest(&reading, organization).await?;
        let owned = |counted: &Counted| person.is_none() || counted.owner == Some(nobody);
        for counted in newest.into_iter().filter(owned).filter(|c| (first..end).contains(&c.hour)) {
            let key = ((counted.hour - first) / hours, counted.verdict, counted.reason);
            *sums.entry(key).or_default() += 1;
        }
        let counts = sums.into_iter().filter_map(|((stretch, verdict, reason), records)| {
            let verdict = if verdict == "allow" { Verdict::Allow } else { Verdict::Deny };
            let (stretch, records) = (usize::try_from(stretch).ok()?, text::unsigned(records));
            Some(HourCount { stretch, verdict, reason: Reason::of(&reason)?, records })
        });
        Ok(Summed { of: counts.collect(), missing })
    }

    /// The calls of some agents and robots, day by day in UTC, from the day of `from` for so many days. Whoever has not
    /// called is left out.
    pub async fn agent_counts(
        &self,
        organization: OrganizationId,
        ids: &[Uuid],
        from: Timestamp,
        days: usize,
    ) -> Result<Summed<Vec<AgentCount>>, StoreError> {
        let reading = self.still(organization).await?;
        let first = text::micros(from).div_euclid(HOUR * DAY);
        let wanted: BTreeSet<Uuid> = ids.iter().copied().collect();
        let mut all = BTreeMap::new();
        for some in ids.chunks(AT_ONCE) {
            for row in ask(&reading, &days_of(some.len()), values(organization, first, some)).await? {
                add_day(&mut all, first, days, &row)?;
            }
        }
        let (newest, missing) = newest(&reading, organization).await?;
        add_newest(&mut all, (first, days), newest, |id| wanted.contains(&id));
        let whole = all.into_values().map(|mut counted: AgentCount| {
            counted.days.resize(days, (0, 0));
            counted
        });
        Ok(Summed { of: whole.collect(), missing })
    }

    /// The agents and robots that called most since the day of `from`, most first: not more than `most`.
    pub async fn busiest(
        &self,
        organization: OrganizationId,
        from: Timestamp,
        most: u16,
    ) -> Result<Vec<Uuid>, StoreError> {
        let reading = self.still(organization).await?;
        let first = text::micros(from).div_euclid(HOUR * DAY);
        let mark = mark(&reading, organization).await?;
        let open = mark.map_or(first, |mark| mark.div_euclid(HOUR * DAY)).max(first);
        let of = (&reading, self.backend());
        let closed = self.closed().calls(of, organization, (first, open)).await?;
        let mut sums = calls(of, organization, (open, i64::MAX)).await?;
        for (id, calls) in closed.iter() {
            *sums.entry(*id).or_default() += calls;
        }
        for counted in newest(&reading, organization).await?.0 {
            if let Some((id, ..)) = counted.actor.filter(|_| counted.hour.div_euclid(DAY) >= first) {
                *sums.entry(id).or_default() += 1;
            }
        }
        let mut order: Vec<_> = sums.into_iter().collect();
        order.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        order.truncate(usize::from(most));
        Ok(order.into_iter().map(|(id, _)| id).collect())
    }

    /// A reading that sees one moment, however many statements it takes: the mark and the sums move together.
    async fn still(&self, organization: OrganizationId) -> Result<DatabaseTransaction, StoreError> {
        if self.backend() == Backend::Sqlite {
            return self.reading(organization).await;
        }
        let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        let transaction = self.read().begin_with_config(Some(isolation), Some(access)).await?;
        see(&transaction, Sight::Organization(organization)).await?;
        Ok(transaction)
    }
}

fn days_of(count: usize) -> String {
    let marks: Vec<String> = (3..count + 3).map(|at| format!("${at}")).collect();
    format!(
        "select actor_id, day, actor_kind, actor_name, allowed, denied from agent_days \
         where organization_id = $1 and day >= $2 and actor_id in ({})",
        marks.join(",")
    )
}

fn values(organization: OrganizationId, first: i64, ids: &[Uuid]) -> Vec<Value> {
    let head = [organization.uuid().into(), first.into()];
    head.into_iter().chain(ids.iter().map(|id| Value::from(*id))).collect()
}

/// What came after the mark, the newest first, and what of it is left out because there is too much.
async fn newest(
    reading: &DatabaseTransaction,
    organization: OrganizationId,
) -> Result<(Vec<Counted>, Option<(Timestamp, Timestamp)>), StoreError> {
    let from = mark(reading, organization).await?.unwrap_or(i64::MIN);
    let all = format!(
        "select {COLUMNS}, action from decisions where organization_id = $1 and at > $2 \
         order by at desc limit {NEWEST}"
    );
    let rows = ask(reading, &all, [organization.uuid().into(), from.into()]).await?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count >= NEWEST);
    let oldest: Option<i64> = rows.last().filter(|_| is_full).map(|row| row.try_get("", "at")).transpose()?;
    let missing = match oldest {
        Some(oldest) if from > i64::MIN => Some((text::moment(from)?, text::moment(oldest)?)),
        Some(oldest) => Some((Timestamp::UNIX_EPOCH, text::moment(oldest)?)),
        None => None,
    };
    let is_call = |row: &&QueryResult| {
        row.try_get::<String>("", "action").is_ok_and(|action| action.starts_with(CALLS))
    };
    let counted = rows.iter().filter(is_call).map(Counted::of).collect::<Result<_, _>>()?;
    Ok((counted, missing))
}

fn add_day(
    all: &mut BTreeMap<Uuid, AgentCount>,
    first: i64,
    days: usize,
    row: &QueryResult,
) -> Result<(), StoreError> {
    let (id, day): (Uuid, i64) = (row.try_get("", "actor_id")?, row.try_get("", "day")?);
    let (kind, name): (String, String) = (row.try_get("", "actor_kind")?, row.try_get("", "actor_name")?);
    let counts = (row.try_get("", "allowed")?, row.try_get("", "denied")?);
    add(all, (id, &kind, name), place(day, first, days), counts);
    Ok(())
}

fn add_newest(
    all: &mut BTreeMap<Uuid, AgentCount>,
    (first, days): (i64, usize),
    newest: Vec<Counted>,
    is_wanted: impl Fn(Uuid) -> bool,
) {
    // The newest comes first, and its name is the one that counts.
    for counted in newest.into_iter().rev() {
        let (day, is_allowed) = (counted.hour.div_euclid(DAY), counted.is_allowed());
        if let Some((id, kind, name)) = counted.actor.filter(|(id, ..)| is_wanted(*id)) {
            let counts = if is_allowed { (1, 0) } else { (0, 1) };
            add(all, (id, &kind, name), place(day, first, days), counts);
        }
    }
}

fn place(day: i64, first: i64, days: usize) -> Option<usize> {
    usize::try_from(day - first).ok().filter(|at| *at < days)
}

fn add(
    all: &mut BTreeMap<Uuid, AgentCount>,
    (id, kind, name): (Uuid, &str, String),
    place: Option<usize>,
    (allowed, denied): (i64, i64),
) {
    let Some(place) = place else { return };
    let principal = match kind {
        "robot" => PrincipalId::Robot(model::RobotId::from_uuid(id)),
        "user" => PrincipalId::User(UserId::from_uuid(id)),
        _ => PrincipalId::Agent(model::AgentId::from_uuid(id)),
    };
    let found =
        all.entry(id).or_insert_with(|| AgentCount { id: principal, name: String::new(), days: Vec::new() });
    found.name = name;
    if found.days.len() <= place {
        found.days.resize(place + 1, (0, 0));
    }
    if let Some(day) = found.days.get_mut(place) {
        day.0 += text::unsigned(allowed);
        day.1 += text::unsigned(denied);
    }
}
