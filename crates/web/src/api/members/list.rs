use std::collections::BTreeSet;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use model::UserId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::MemberView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::one_of;
use crate::api::{Listed, PageQuery, Tenant};
use crate::pages::people::rows::{self, Row, Seen, leaves};
use crate::place::Place;

/// Which members, and in which order: what the page of the people offers. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name or e-mail address, whatever its case.
    q: Option<String>,
    /// Only those in this role: `owner`, `admin`, `member`, `auditor`, `guest`.
    role: Option<String>,
    /// Only those in this state: `active`, `suspended`.
    state: Option<String>,
    /// Only who answers for agents (`some`), or for none (`none`). Whose agents the caller may not see is neither.
    agents: Option<String>,
    /// `90d`: only who was not here for ninety days. For whoever may see everybody.
    seen: Option<String>,
    /// `yes`: only who asks to come in by an account of another organization's provider. For whoever may see everybody's.
    asks: Option<String>,
    /// `created` (the oldest first, as where nothing is said), `name`, `role` (the mightiest first), `workspaces` or
    /// `agents` (the most first), or `seen` (the last seen first, for whoever may see everybody); with a hyphen in front
    /// from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

impl Filter {
    /// The filter of the page that says the same.
    fn read(&self) -> Result<rows::Filter, Problem> {
        let roles = ["owner", "admin", "member", "auditor", "guest"];
        let role = one_of("role", self.role.as_deref(), &roles)?;
        let state = one_of("state", self.state.as_deref(), &["active", "suspended"])?;
        let agents = one_of("agents", self.agents.as_deref(), &["some", "none"])?;
        let seen = one_of("seen", self.seen.as_deref(), &["90d"])?;
        let asks = one_of("asks", self.asks.as_deref(), &["yes"])?;
        Ok(rows::Filter {
            q: self.q.clone().unwrap_or_default(),
            role: role.unwrap_or_default().to_owned(),
            state: state.unwrap_or_default().to_owned(),
            agents: agents.unwrap_or_default().to_owned(),
            seen: seen.unwrap_or_default().to_owned(),
            asks: asks.unwrap_or_default().to_owned(),
            ..rows::Filter::default()
        })
    }
}

/// Lists the people in the organization, oldest first where no other order is asked for.
#[utoipa::path(tag = "members", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<MemberView>)))]
#[get("/v1/orgs/{org}/members")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<MemberView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let words = ["created", "name", "role", "workspaces", "agents", "seen"];
    let order = Order::read(query.sort.as_deref(), &words)?;
    let filter = query.read()?;
    let seen = if order.by == "seen" || !filter.seen.is_empty() {
        app.presence(&reading, tenant.organization).await?
    } else {
        Seen::new()
    };
    let asking = if filter.asks.is_empty() {
        BTreeSet::new()
    } else {
        app.who_asks_to_come_in(&reading, tenant.organization).await?
    };
    let members = reading.facts.list_members(order.start::<UserId>(&page)?);
    let found = leaves(&reading, &filter, &seen, members);
    let found = found.filter(|row| filter.asks.is_empty() || asking.contains(&row.id));
    let found = found.filter_map(|row| Some((reading.facts.member(row.id)?, row)));
    let place = |(_, row): &(_, Row)| match order.by {
        "" => Place::of(row.id),
        by => row.place(by),
    };
    Ok(Json(order.cut::<UserId, _, _>(&page, found, place, |(member, _)| MemberView::of(&reading, member))?))
}
