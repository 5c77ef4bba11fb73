use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{MemberInvitation, MemberInvitationId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::MemberInvitationView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::one_of;
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which invitations, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those in this state: `pending`, `accepted`, `withdrawn`, `expired`.
    state: Option<String>,
    /// `created` (the oldest first, as where nothing is said) or `-created`.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

/// Lists the invitations of people, oldest first where no other order is asked for.
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
    let order = Order::read(query.sort.as_deref(), &["created"])?;
    let states = ["pending", "accepted", "withdrawn", "expired"];
    let state = one_of("state", query.state.as_deref(), &states)?;
    let invitations = reading
        .facts
        .list_member_invitations(order.start::<MemberInvitationId>(&page)?)
        .filter(|invitation| state.is_none_or(|state| invitation.word_at(reading.now) == state));
    let place = |invitation: &&Arc<MemberInvitation>| Place::of(invitation.id);
    let present = |invitation: &Arc<MemberInvitation>| MemberInvitationView::of(&reading, invitation);
    Ok(Json(order.cut::<MemberInvitationId, _, _>(&page, invitations, place, present)?))
}
