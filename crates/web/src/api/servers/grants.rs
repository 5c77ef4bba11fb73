use actix_web::HttpResponse;
use actix_web::get;
use actix_web::put;
use actix_web::web::{Data, Path};
use app::App;
use app::roles::{self, Regrant, Regranted, grants_on, grants_version};
use decision::{Action, On};
use model::{GrantId, RoleId, ServerId, Snapshot};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ServerPath;
use crate::Problem;
use crate::api::presented::read;
use crate::api::roles::{ConstraintBody, GrantView};
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// The grants of all roles on one server.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServerGrants {
    /// The grants, oldest first.
    items: Vec<GrantView>,
    /// The version of all of them together, for `If-Match`.
    version: String,
}

impl ServerGrants {
    fn of(facts: &Snapshot, server: ServerId) -> Self {
        let items = grants_on(facts, server).iter().map(|grant| GrantView::of(facts, grant)).collect();
        Self { items, version: grants_version(facts, server) }
    }
}

/// What is to be otherwise.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegrantBody {
    /// Grants that are to be.
    #[serde(default)]
    add: Vec<NewLineBody>,
    /// The ids of grants that are to go.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    remove: Vec<GrantId>,
}

/// A grant that is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLineBody {
    /// Which role is to carry it.
    #[schema(value_type = uuid::Uuid)]
    role: RoleId,
    /// Which tools: a name, or a pattern with `*`.
    tools: String,
    /// What must hold of the arguments; all of it. Left out: nothing.
    #[serde(default)]
    constraints: Vec<ConstraintBody>,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegrantedView {
    /// Grants that are new.
    added: Vec<GrantView>,
    /// Grants that are gone.
    removed: Vec<GrantView>,
    /// The version of all grants on the server now.
    version: String,
}

impl RegrantedView {
    fn of(facts: &Snapshot, server: ServerId, regranted: &Regranted) -> Self {
        let show = |grants: &[model::Grant]| grants.iter().map(|grant| GrantView::of(facts, grant)).collect();
        Self {
            added: show(&regranted.added),
            removed: show(&regranted.removed),
            version: grants_version(facts, server),
        }
    }
}

/// Lists the grants of every role on a server: the matrix of roles and tools.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath), responses((status = 200, body = ServerGrants)))]
#[get("/v1/orgs/{org}/servers/{server}/grants")]
pub async fn list_grants(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = super::server(&reading.facts, &path.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let view = ServerGrants::of(&reading.facts, server);
    Ok(HttpResponse::Ok().insert_header(("ETag", format!("\"{}\"", view.version))).json(view))
}

/// Adds and removes grants of several roles on a server, all of it or nothing. A grant that is there already is not
/// made again. `If-Match` takes the version of all grants on the server together.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath), request_body = RegrantBody, responses((status = 200, body = RegrantedView)))]
#[put("/v1/orgs/{org}/servers/{server}/grants")]
pub async fn regrant(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    body: Body<RegrantBody>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let server = super::server(&facts, &path.server)?.id;
    let RegrantBody { add, remove } = body.value;
    let add = add.into_iter().enumerate().map(|(at, line)| {
        let tools = read(&format!("add[{at}].tools"), &line.tools)?;
        Ok((line.role, tools, line.constraints.into_iter().map(Into::into).collect()))
    });
    let wanted = Regrant { add: add.collect::<Result<_, Problem>>()?, remove };
    let changed = app.change(tenant.request(), |p| roles::regrant(p, server, wanted)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    Ok(revoked(&changed, None, RegrantedView::of(&facts, server, &changed.value)))
}
