use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;
use serde::Serialize;
use utoipa::ToSchema;

use super::ConnectionPath;
use crate::Problem;
use crate::api::Tenant;

/// A link for whoever administers the provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetUpLinkView {
    /// What they open. It is told once, and whoever has it can use it.
    link: String,
}

/// Makes a link by which somebody who is no member fills in what a draft needs, once within a week, and nothing else. A
/// new one takes the place of the old. It is made anew at every request, whatever its `Idempotency-Key`: the link is a
/// secret, and no answer that has one is kept.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 201, body = SetUpLinkView)))]
#[post("/v1/orgs/{org}/connections/{connection}/set-up-link")]
pub async fn set_up_link(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let link = app.setup_link(tenant.request(), path.connection).await?;
    Ok(HttpResponse::Created().insert_header(("cache-control", "no-store")).json(SetUpLinkView { link }))
}
