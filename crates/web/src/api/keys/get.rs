use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::FactKind;

use super::{KeyPath, KeyView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a key, never its secret.
#[utoipa::path(tag = "keys", params(("org" = String, Path), KeyPath), responses((status = 200, body = KeyView)))]
#[get("/v1/orgs/{org}/keys/{key}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<KeyPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let key = reading.facts.key(path.key).ok_or(Error::NotFound(FactKind::Key))?;
    reading.check(Action::KeyRead, On::KeysOf(key.holder))?;
    let usage = app.key_usage_of(tenant.organization, &[key.id]).await?.pop();
    Ok(found(model::Key::clone(key), KeyView::of(&reading.facts, key, reading.now, usage.as_ref())))
}
