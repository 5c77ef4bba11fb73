use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use app::evidence::{Counts, Query as Line};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::Problem;
use crate::api::Tenant;

/// What is counted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Asked {
    /// The query, as the audit log takes it.
    pub(super) q: String,
}

/// What a query finds in a window of time, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsView {
    /// The window's beginning.
    from: DateTime<Utc>,
    /// Its end, not in it.
    until: DateTime<Utc>,
    /// Whether the window begins later than the query does, because five thousand records were looked through. Add
    /// `until:<from>` to the query to count further back.
    is_cut: bool,
    /// How many records.
    records: u64,
    /// How many of them deny.
    denied: u64,
    /// Over time: equally long stretches of the window, oldest first.
    bars: Vec<BarView>,
    /// By field, as a query writes it: the commonest values, most first.
    facets: Vec<FacetView>,
}

/// A stretch of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct BarView {
    /// Its beginning.
    from: DateTime<Utc>,
    /// Its end, not in it.
    until: DateTime<Utc>,
    /// How many allow.
    allowed: u64,
    /// How many deny.
    denied: u64,
}

/// A field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacetView {
    /// Its name.
    field: &'static str,
    /// Its commonest values.
    values: Vec<ValueView>,
}

/// A value of a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueView {
    /// The value.
    value: String,
    /// In how many records.
    records: u64,
    /// In how many of them that deny.
    denied: u64,
}

/// Counts what a query finds: over time, and by field. Among the newest five thousand records before the query's end.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Asked), responses((status = 200, body = CountsView)))]
#[get("/v1/orgs/{org}/evidence/counts")]
pub async fn counts(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Asked>,
) -> Result<Json<CountsView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let line = Line::parse(&query.q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
    let search = app.search_of(&reading, &line)?;
    Ok(Json(app.count(&reading, tenant.organization, &search).await?.into()))
}

impl From<Counts> for CountsView {
    fn from(counted: Counts) -> Self {
        let bar = |bar: app::evidence::Bar| BarView {
            from: bar.from,
            until: bar.until,
            allowed: bar.allowed,
            denied: bar.denied,
        };
        let value = |tally: app::evidence::Tally| ValueView {
            value: tally.value,
            records: tally.records,
            denied: tally.denied,
        };
        let facet = |facet: app::evidence::Facet| FacetView {
            field: facet.field,
            values: facet.values.into_iter().map(value).collect(),
        };
        Self {
            from: counted.from,
            until: counted.until,
            is_cut: counted.is_cut,
            records: counted.records,
            denied: counted.denied,
            bars: counted.bars.into_iter().map(bar).collect(),
            facets: counted.facets.into_iter().map(facet).collect(),
        }
    }
}
