use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::MemberInvitationId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::MemberInvitationView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which invitations.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
    /// Only those in this state: `pending`, `accepted`, `withdrawn`, `expired`.
    state: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

/// Lists the invitations of people, oldest first.
#[utoipa::path(tag = "member invitations", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<MemberInvitationView>)))]
#[get("/v1/orgs/{org}/member-invitations")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<MemberInvitationView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::MemberInvitationRead, On::Organization)?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let after: Option<MemberInvitationId> = page.after()?;
    let invitations = reading
        .facts
        .list_member_invitations(after)
        .filter(|invitation| query.state.as_deref().is_none_or(|s| invitation.word_at(reading.now) == s));
    let present = |invitation: &std::sync::Arc<_>| MemberInvitationView::of(&reading, invitation);
    Ok(Json(page.cut(invitations, |invitation| invitation.id.to_string(), present)?))
}
