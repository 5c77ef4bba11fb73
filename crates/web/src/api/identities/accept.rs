use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;
use app::identities::{OutsideIdentity, Standing};

use super::{IdentityPath, IdentityView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::{facts_after, written};

/// Accepts the account that a person asks to come in by: that one, as their provider vouches for it now. Refused while the
/// organization demands its own provider.
#[utoipa::path(operation_id = "accept_identity", tag = "members", params(("org" = String, Path), IdentityPath), responses((status = 200, body = IdentityView)))]
#[post("/v1/orgs/{org}/members/{user}/identities/{identity}/accept")]
pub async fn accept(
    app: Data<App>,
    tenant: Tenant,
    path: Path<IdentityPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.accept_identity(tenant.request(), path.user, path.identity).await?;
    let accepted = changed.value.clone();
    let standing = Standing::Accepted { by: accepted.accepted_by, at: accepted.accepted_at, idle: None };
    let (issuer, subject) = (accepted.issuer.clone(), accepted.subject.clone());
    let identity = OutsideIdentity { id: accepted.id, issuer, subject, standing };
    let view = IdentityView::of(&*facts_after(&app, tenant.organization)?, identity);
    Ok(written(StatusCode::OK, &changed, Some(accepted.into()), view))
}
