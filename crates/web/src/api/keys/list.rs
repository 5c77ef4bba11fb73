use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{AgentId, GatewayId, Holder, Key, KeyId, RobotId, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::KeyView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::{needle, one_of};
use crate::api::{Listed, PageQuery, Tenant};
use crate::pages::keys::row::holder;
use crate::place::Place;

/// Which keys, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their own or their holder's name, whatever its case.
    q: Option<String>,
    /// Only those of this kind of holder: `agent`, `robot`, `gateway`, `user`, `directory`.
    kind: Option<String>,
    /// Only this agent's.
    #[param(value_type = Option<uuid::Uuid>)]
    agent: Option<AgentId>,
    /// Only this robot's.
    #[param(value_type = Option<uuid::Uuid>)]
    robot: Option<RobotId>,
    /// Only this gateway's.
    #[param(value_type = Option<uuid::Uuid>)]
    gateway: Option<GatewayId>,
    /// Only this person's management keys.
    #[param(value_type = Option<uuid::Uuid>)]
    user: Option<UserId>,
    /// Only those in this state: `live`, `retiring`, `expired`, `revoked`; `counting` is the first two.
    state: Option<String>,
    /// `ends` (those that end first come first), `-ends` the other way round. By id where nothing is said.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

impl Filter {
    fn names(&self, holder: Holder) -> bool {
        let wanted = [
            self.agent.map(Holder::Agent),
            self.robot.map(Holder::Robot),
            self.gateway.map(Holder::Gateway),
            self.user.map(Holder::User),
        ];
        let mut wanted = wanted.into_iter().flatten().peekable();
        wanted.peek().is_none() || wanted.any(|one| one == holder)
    }
}

/// Lists the keys that the caller may see, never their secrets.
#[utoipa::path(tag = "keys", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<KeyView>)))]
#[get("/v1/orgs/{org}/keys")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<KeyView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["ends"])?;
    let kinds = ["agent", "robot", "gateway", "user", "directory"];
    let kind = one_of("kind", query.kind.as_deref(), &kinds)?;
    let states = ["live", "retiring", "expired", "revoked", "counting"];
    let state = one_of("state", query.state.as_deref(), &states)?;
    let usage: BTreeMap<_, _> =
        app.key_usage(tenant.organization).await?.into_iter().map(|usage| (usage.key, usage)).collect();
    let needle = needle(query.q.as_deref());
    let named = |key: &Key| {
        needle.is_empty()
            || key.name.as_str().to_lowercase().contains(&needle)
            || holder(&reading.facts, key.holder).0.to_lowercase().contains(&needle)
    };
    let keys = reading
        .facts
        .list_keys(order.start::<KeyId>(&page)?)
        .filter(|key| query.names(key.holder) && kind.is_none_or(|kind| key.holder.as_str() == kind))
        .filter(|key| match state {
            None => true,
            Some("counting") => key.counts_at(reading.now),
            Some(state) => key.state_at(reading.now) == state,
        })
        .filter(|key| named(key))
        .filter(|key| reading.may(Action::KeyRead, On::KeysOf(key.holder)));
    let show = |key: &Arc<Key>| KeyView::of(&reading.facts, key, reading.now, usage.get(&key.id));
    Ok(Json(order.cut::<KeyId, _, _>(&page, keys, |key| place(key, order.by), show)?))
}

/// Where a key stands. One without an end stands where the page has it: before all others.
fn place(key: &Key, by: &str) -> Place {
    let end = key.effective_end().map_or(0, |end| u64::try_from(end.timestamp_micros()).unwrap_or(0));
    match by {
        "ends" => Place::by_least(end, "", key.id),
        _ => Place::of(key.id),
    }
}
