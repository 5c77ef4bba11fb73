use actix_web::HttpResponse;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::servers::{ServerPatch, ServerUrl};
use app::{App, servers};
use model::{CredentialMode, IdentityMode};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{ServerPath, ServerView};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is. The slug stays, since gateways are configured with it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServerPatchBody {
    /// What it is called.
    name: Option<String>,
    /// Where its tools are imported from. Null: nowhere any more.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    url: UrlWish,
    /// Whose credentials it is called with: `shared` or `personal`.
    #[schema(value_type = Option<String>)]
    credential_mode: Option<CredentialMode>,
    /// Who must be allowed for a call: `agent`, `on_behalf_of` or `hybrid`.
    #[schema(value_type = Option<String>)]
    identity_mode: Option<IdentityMode>,
}

/// What is to become of a URL. A null that was said is told from a field that was left out.
#[derive(Debug, Default)]
enum UrlWish {
    #[default]
    AsItIs,
    Gone,
    This(String),
}

impl<'de> Deserialize<'de> for UrlWish {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Gone, Self::This))
    }
}

/// Changes a server.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath), request_body = ServerPatchBody, responses((status = 200, body = ServerView)))]
#[patch("/v1/orgs/{org}/servers/{server}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    body: Body<ServerPatchBody>,
) -> Result<HttpResponse, Problem> {
    let ServerPatchBody { name, url, credential_mode, identity_mode } = body.value;
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let id = super::server(&facts, &path.server)?.id;
    let name = name.as_deref().map(|name| read("name", name)).transpose()?;
    let url = match url {
        UrlWish::AsItIs => None,
        UrlWish::Gone => Some(None),
        UrlWish::This(url) => Some(Some(ServerUrl::checked(&app.egress, &url)?)),
    };
    let wanted = ServerPatch { name, url, credential_mode, identity_mode };
    let changed = app.change(tenant.request(), |p| servers::update(p, id, wanted)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = ServerView::of(&facts, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
