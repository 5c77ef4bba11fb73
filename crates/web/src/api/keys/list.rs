use std::collections::BTreeMap;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{AgentId, GatewayId, Holder, RobotId, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::KeyView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which keys.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
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
    /// Only those in this state: `live`, `retiring`, `expired`, `revoked`.
    state: Option<String>,
    limit: Option<usize>,
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
    let usage: BTreeMap<_, _> =
        app.key_usage(tenant.organization).await?.into_iter().map(|usage| (usage.key, usage)).collect();
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let keys = reading
        .facts
        .list_keys(page.after()?)
        .filter(|key| query.names(key.holder))
        .filter(|key| query.state.as_deref().is_none_or(|state| key.state_at(reading.now) == state))
        .filter(|key| reading.may(Action::KeyRead, On::KeysOf(key.holder)));
    let show =
        |key: &std::sync::Arc<model::Key>| KeyView::of(&reading.facts, key, reading.now, usage.get(&key.id));
    Ok(Json(page.cut(keys, |key| key.id.to_string(), show)?))
}
