use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};

use super::GroupView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the directory's groups that the caller may see, with what each gives.
#[utoipa::path(tag = "groups", params(("org" = String, Path), PageQuery), responses((status = 200, body = Listed<GroupView>)))]
#[get("/v1/orgs/{org}/groups")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    page: Query<PageQuery>,
) -> Result<Json<Listed<GroupView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let groups = reading
        .facts
        .list_groups(page.after()?)
        .filter(|group| reading.may(Action::GroupRead, On::Group(group.id)));
    let show = |group: &std::sync::Arc<model::Group>| GroupView::of(&reading.facts, group);
    Ok(Json(page.cut(groups, |group| group.id.to_string(), show)?))
}
