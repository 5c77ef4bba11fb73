//! Counting what a search finds: over time, and how often each value of a field occurs. One statement, which reads the
//! records of a window once.

use model::{OrganizationId, Timestamp};
use sea_orm::sea_query::{CommonTableExpression, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait,
};

use super::row::{Column, Entity};
use super::search::{Search, horizon, matching};
use crate::tenancy::of;
use crate::{Store, StoreError, text};

/// How many records are counted for one answer, newest first: each is looked at once for every field, which takes
/// some three milliseconds for a thousand of them.
const COUNTED: u64 = 5_000;

/// Values of a field that are told: the commonest. More are found with a word more in the query.
const VALUES: u64 = 8;

/// What the records of the window are called within the statement.
const FOUND: &str = "found";

/// The fields that are counted, as a query writes them.
const FIELDS: [(&str, Column); 7] = [
    ("decision", Column::Verdict),
    ("reason", Column::Reason),
    ("actor", Column::ActorName),
    ("owner", Column::OwnerName),
    ("action", Column::Action),
    ("workspace", Column::WorkspaceName),
    ("server", Column::ServerName),
];

/// What the bars over time are called among the fields.
const BAR: &str = "bar";

/// What was counted in a window of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The window's beginning.
    pub from: Timestamp,
    /// Its end, not in it.
    pub until: Timestamp,
    /// Whether it begins later than the search does, because so many records were looked through.
    pub is_cut: bool,
    /// How many records were found in it.
    pub records: u64,
    /// How many of them deny.
    pub denied: u64,
    /// By field, the commonest values, most first.
    pub values: Vec<Tally>,
    /// Over time: stretches of the window, equally long, oldest first, each with how many are allowed and denied.
    pub bars: Vec<(u64, u64)>,
}

/// How often a value of a field occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The field, as a query writes it.
    pub field: &'static str,
    /// The value.
    pub value: String,
    /// In how many records.
    pub records: u64,
    /// In how many of them that deny.
    pub denied: u64,
}

impl Store {
    /// Counts what a search finds among the newest five thousand records before its end.
    pub async fn count_decisions(
        &self,
        organization: OrganizationId,
        search: &Search,
        bars: u16,
        now: Timestamp,
    ) -> Result<Counted, StoreError> {
        let reading = self.reading(organization).await?;
        let stopped = horizon(&reading, organization, search, None, COUNTED).await?;
        let until = search.until.unwrap_or(now);
        let from = match stopped.or(search.from) {
            Some(from) => from,
            None => oldest(&reading, organization).await?.unwrap_or(until),
        };
        let mut counted = Counted {
            from: Ord::min(from, until),
            until,
            is_cut: stopped.is_some(),
            records: 0,
            denied: 0,
            values: Vec::new(),
            bars: vec![(0, 0); usize::from(bars)],
        };
        let width = width(&counted, bars);
        let found = matching(organization, search, stopped).select_only().columns(FIELDS.map(|(_, c)| c));
        let found = found.column(Column::At).into_query();
        let mut parts = FIELDS.iter().map(|(field, column)| commonest(field, *column));
        let mut all = parts.next().unwrap_or_default();
        all.unions(parts.chain([over_time(&counted, width)]).map(|part| (UnionType::All, part)));
        let found = CommonTableExpression::new().query(found).table_name(FOUND).to_owned();
        let statement = all.with(Query::with().cte(found).to_owned());
        for row in reading.query_all(&statement).await? {
            counted.take(&row)?;
        }
        counted
            .values
            .sort_by(|one, two| two.records.cmp(&one.records).then_with(|| one.value.cmp(&two.value)));
        Ok(counted)
    }
}

impl Counted {
    fn take(&mut self, row: &QueryResult) -> Result<(), StoreError> {
        let field: String = row.try_get("", "field")?;
        let value: String = row.try_get("", "value")?;
        let number = |column| row.try_get::<i64>("", column).map(text::unsigned);
        let (records, denied) = (number("records")?, number("denied")?);
        if field == BAR {
            // Clocks differ: what is newer than now belongs to the last stretch.
            let at = value.parse::<usize>().unwrap_or(0).min(self.bars.len().saturating_sub(1));
            if let Some(bar) = self.bars.get_mut(at) {
                bar.0 += records.saturating_sub(denied);
                bar.1 += denied;
            }
            return Ok(());
        }
        let Some((field, column)) = FIELDS.iter().find(|(known, _)| *known == field) else { return Ok(()) };
        if matches!(column, Column::Verdict) {
            self.records += records;
            self.denied += denied;
        }
        self.values.push(Tally { field, value, records, denied });
        Ok(())
    }

    /// The bounds of a stretch of the window, which [`Counted::bars`] numbers.
    pub fn stretch(&self, at: usize) -> (Timestamp, Timestamp) {
        let bars = u16::try_from(self.bars.len()).unwrap_or(u16::MAX);
        let (width, at) = (width(self, bars), i64::try_from(at).unwrap_or(i64::MAX));
        let bound = |number: i64| {
            let micros = text::micros(self.from).saturating_add(width.saturating_mul(number));
            text::moment(micros).unwrap_or(self.until)
        };
        (bound(at), bound(at.saturating_add(1)))
    }
}

/// How long a stretch is, in microseconds. Rounded up, so that the last record is in the last one.
fn width(counted: &Counted, bars: u16) -> i64 {
    let whole = text::micros(counted.until).saturating_sub(text::micros(counted.from));
    let bars = i64::from(Ord::max(bars, 1));
    Ord::max(whole.saturating_add(bars - 1) / bars, 1)
}

/// The first record of an organization.
async fn oldest(
    reading: &DatabaseTransaction,
    organization: OrganizationId,
) -> Result<Option<Timestamp>, StoreError> {
    let first =
        Entity::find().select_only().column(Column::At).filter(of(Column::OrganizationId, organization));
    let first: Option<i64> = first.order_by_asc(Column::At).limit(1).into_tuple().one(reading).await?;
    first.map(text::moment).transpose()
}

/// How many records, and how many of them deny.
fn counts(select: &mut SelectStatement) -> &mut SelectStatement {
    let denied = "sum(case when verdict = 'deny' then 1 else 0 end)";
    select.expr_as(Expr::cust("count(*)"), "records").expr_as(Expr::cust(denied), "denied").from(FOUND)
}

/// The commonest values of a column. A part of a union has no limit of its own, so it is asked from outside.
fn commonest(field: &'static str, column: Column) -> SelectStatement {
    let mut inner = Query::select();
    inner.expr_as(Expr::val(field), "field").expr_as(Expr::col(column), "value");
    counts(&mut inner)
        .and_where(Expr::col(column).ne(""))
        .group_by_col(column)
        .order_by_expr(Expr::cust("count(*)"), sea_orm::Order::Desc)
        .limit(VALUES);
    Query::select().columns(["field", "value", "records", "denied"]).from_subquery(inner, field).to_owned()
}

fn over_time(counted: &Counted, width: i64) -> SelectStatement {
    let number = Expr::col(Column::At).sub(text::micros(counted.from)).div(width).cast_as("text");
    let mut select = Query::select();
    select.expr_as(Expr::val(BAR), "field").expr_as(number, "value");
    counts(&mut select).add_group_by([Expr::cust("2")]).to_owned()
}
