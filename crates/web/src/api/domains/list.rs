use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};

use super::DomainView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the domains of the organization, oldest first.
#[utoipa::path(tag = "domains", params(("org" = String, Path), PageQuery), responses((status = 200, body = Listed<DomainView>)))]
#[get("/v1/orgs/{org}/domains")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    page: Query<PageQuery>,
) -> Result<Json<Listed<DomainView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let domains = reading
        .facts
        .list_domains(page.after()?)
        .filter(|domain| reading.may(Action::DomainRead, On::Domain(domain.id)));
    let show = |domain: &std::sync::Arc<model::Domain>| DomainView::of(domain);
    Ok(Json(page.cut(domains, |domain| domain.id.to_string(), show)?))
}
