use actix_web::get;
use actix_web::web::{Data, Json, Path};
use app::App;

use super::MemberPath;
use super::session_view::MemberSessionView;
use crate::Problem;
use crate::api::{Listed, Tenant};

/// Lists the browsers in which a person is signed in here, the last seen first. For whoever may sign them out.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath), responses((status = 200, body = Listed<MemberSessionView>)))]
#[get("/v1/orgs/{org}/members/{user}/sessions")]
pub async fn sessions(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberPath>,
) -> Result<Json<Listed<MemberSessionView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let sessions = app.sessions_here(&reading, tenant.organization, path.user).await?;
    let view = |session| MemberSessionView::of(session, tenant.organization);
    Ok(Json(Listed { items: sessions.iter().map(view).collect(), next: None }))
}
