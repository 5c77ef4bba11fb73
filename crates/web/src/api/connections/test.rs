use actix_web::get;
use actix_web::web::{Data, Json, Path};
use app::{App, Error};
use chrono::{DateTime, Utc};
use model::{Change, FactKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::ConnectionPath;
use crate::Problem;
use crate::api::Tenant;

/// How a way in is tested, and how the last test went.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestView {
    /// What somebody who is signed in here, and may test, opens in their browser. Signing in at the provider is the test:
    /// nobody is taken in by it, and it is over after ten minutes.
    open: String,
    /// Whether a test has passed on the terms that are in use, so that people may come in.
    has_passed: bool,
    /// The last test that has passed, also on earlier terms. Null: none. One that fails is told to whoever made it.
    last: Option<PassedView>,
}

/// A test that has passed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassedView {
    /// When.
    at: DateTime<Utc>,
    /// Who made it: kind and id of a principal.
    #[schema(value_type = Option<Object>)]
    by: Option<model::PrincipalId>,
    /// The revision that noted it.
    revision: u64,
}

impl From<Change> for PassedView {
    fn from(change: Change) -> Self {
        Self { at: change.at, by: change.actor.principal, revision: change.revision.0 }
    }
}

/// Tells where to test a way in, and how the last test went.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = TestView)))]
#[get("/v1/orgs/{org}/connections/{connection}/test")]
pub async fn test(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<Json<TestView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let last = app.last_test(&reading, tenant.organization, path.connection).await?;
    let connection =
        reading.facts.connection(path.connection).ok_or(Error::NotFound(FactKind::Connection))?;
    Ok(Json(TestView {
        open: format!("{}/sso/continue?connection={}&for=test", app.public_url, connection.id),
        has_passed: connection.lets_in(),
        last: last.map(PassedView::from),
    }))
}
