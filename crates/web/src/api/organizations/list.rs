use actix_web::get;
use actix_web::web::{Data, Json};
use app::App;
use decision::{Action, On};

use super::OrganizationView;
use super::credential::Credential;
use crate::Problem;
use crate::api::Listed;

/// Lists the organizations that the credential is for. A management key is for one.
#[utoipa::path(tag = "organizations", responses((status = 200, body = Listed<OrganizationView>)))]
#[get("/v1/orgs")]
pub async fn list(app: Data<App>, credential: Credential) -> Result<Json<Listed<OrganizationView>>, Problem> {
    let reading = app.read(credential.caller, credential.organization).await?;
    reading.check(Action::OrganizationRead, On::Organization)?;
    let items = reading.facts.organization().map(|organization| organization.as_ref().into());
    Ok(Json(Listed { items: items.into_iter().collect(), next: None }))
}
