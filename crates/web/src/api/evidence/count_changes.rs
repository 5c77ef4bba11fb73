use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use app::evidence::{ChangeBar, ChangeCounts, ChangeFacet, ChangeValue, Query as Line};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::counts::Asked;
use crate::Problem;
use crate::api::Tenant;

/// The changes that a query finds in a window of time, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeCountsView {
    /// The window's beginning.
    from: DateTime<Utc>,
    /// Its end, not in it.
    until: DateTime<Utc>,
    /// Whether the window begins later than the query does, because five thousand changes were looked through. Add
    /// `until:<from>` to the query to count further back.
    is_cut: bool,
    /// How many changes.
    changes: u64,
    /// Over time: equally long stretches of the window, oldest first.
    bars: Vec<ChangeBarView>,
    /// By field, as a query writes it: the commonest values, most first.
    facets: Vec<ChangeFacetView>,
}

/// A stretch of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeBarView {
    /// Its beginning.
    from: DateTime<Utc>,
    /// Its end, not in it.
    until: DateTime<Utc>,
    /// How many changes.
    changes: u64,
}

/// A field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeFacetView {
    /// `actor`, `kind` or `action`.
    field: &'static str,
    /// Its commonest values.
    values: Vec<ChangeValueView>,
}

/// A value of a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeValueView {
    /// The value as a query takes it: of somebody the name, or the id where others are called the same.
    value: String,
    /// What people read.
    name: String,
    /// In how many changes.
    changes: u64,
}

/// Counts the changes that a query finds: over time, and by field. Among the newest five thousand before the query's end.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Asked), responses((status = 200, body = ChangeCountsView)))]
#[get("/v1/orgs/{org}/audit/counts")]
pub async fn count_changes(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Asked>,
) -> Result<Json<ChangeCountsView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let line = Line::parse(&query.q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
    Ok(Json(app.count_changes(&reading, tenant.organization, &line).await?.into()))
}

impl From<ChangeCounts> for ChangeCountsView {
    fn from(counted: ChangeCounts) -> Self {
        let bar = |bar: ChangeBar| ChangeBarView { from: bar.from, until: bar.until, changes: bar.changes };
        let value = |value: ChangeValue| ChangeValueView {
            value: value.value,
            name: value.name,
            changes: value.changes,
        };
        let facet = |facet: ChangeFacet| ChangeFacetView {
            field: facet.field,
            values: facet.values.into_iter().map(value).collect(),
        };
        Self {
            from: counted.from,
            until: counted.until,
            is_cut: counted.is_cut,
            changes: counted.records,
            bars: counted.bars.into_iter().map(bar).collect(),
            facets: counted.facets.into_iter().map(facet).collect(),
        }
    }
}
