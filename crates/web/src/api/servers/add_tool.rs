use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;
use app::servers::NewTool;
use model::Risk;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{ServerPath, ToolView};
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// A tool to be entered by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToolBody {
    /// Its name, exactly as calls will name it.
    name: String,
    /// A title for people.
    #[serde(default)]
    title: String,
    /// What it does.
    description: Option<String>,
    /// JSON Schema of its arguments. Left out: anything.
    input_schema: Option<Value>,
    /// What it can do to the world: `read`, `write` or `destructive`.
    #[schema(value_type = String)]
    risk: Risk,
}

/// Enters a tool by hand, for a server whose tools cannot be imported. It counts as reviewed.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath), request_body = NewToolBody, responses((status = 201, body = ToolView)))]
#[post("/v1/orgs/{org}/servers/{server}/tools")]
pub async fn add_tool(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    body: Body<NewToolBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let NewToolBody { name, title, description, input_schema, risk } = body.value;
        let facts = app.read(tenant.caller, tenant.organization).await?.facts;
        let server = super::server(&facts, &path.server)?.id;
        let new = NewTool { name: read("name", &name)?, title, description, input_schema, risk };
        let changed = app.add_tool(tenant.request(), server, new).await?;
        let view = ToolView::from(&changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
