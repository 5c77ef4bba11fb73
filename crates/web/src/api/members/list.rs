use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use serde::Deserialize;
use utoipa::IntoParams;

use super::MemberView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which members.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
    /// Only those in this role: `owner`, `admin`, `member`, `auditor`, `guest`.
    role: Option<String>,
    /// Only those in this state: `active`, `suspended`.
    state: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

/// Lists the people in the organization, oldest first.
#[utoipa::path(tag = "members", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<MemberView>)))]
#[get("/v1/orgs/{org}/members")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<MemberView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let state = |active| if active { "active" } else { "suspended" };
    let members = reading
        .facts
        .list_members(page.after()?)
        .filter(|member| query.role.as_deref().is_none_or(|role| member.role.as_str() == role))
        .filter(|member| query.state.as_deref().is_none_or(|wanted| state(member.is_active()) == wanted))
        .filter(|member| reading.may(Action::MemberRead, On::Member(member.user)));
    let listed =
        page.cut(members, |member| member.user.to_string(), |member| MemberView::of(&reading, member))?;
    Ok(Json(listed))
}
