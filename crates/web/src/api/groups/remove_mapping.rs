use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::directory::groups;
use app::{App, Error};
use model::FactKind;

use super::{MappingPath, MappingView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::{facts_after, revoked};

/// Lets a group no longer give something. Who had it only by that group loses it in the same revision.
#[utoipa::path(tag = "groups", params(("org" = String, Path), MappingPath), responses((status = 200, body = MappingView)))]
#[delete("/v1/orgs/{org}/groups/{group}/mappings/{mapping}")]
pub async fn remove_mapping(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MappingPath>,
) -> Result<HttpResponse, Problem> {
    let changed = app
        .change(tenant.request(), |planning| {
            let here = planning.facts.group_mapping(path.mapping).is_some_and(|m| m.group == path.group);
            if here {
                groups::unmap(planning, path.mapping)
            } else {
                Err(Error::NotFound(FactKind::GroupMapping))
            }
        })
        .await?;
    let facts = facts_after(&app, tenant.organization)?;
    Ok(revoked(&changed, None, MappingView::of(&facts, &changed.value)))
}
