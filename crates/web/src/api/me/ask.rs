use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::App;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Problem;
use crate::api::Body;
use crate::session::{SignedIn, count_asking};

/// Who is asked to let the person in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityRequestBody {
    /// The organization's slug or id.
    organization: String,
}

/// Asks an organization that the person is a member of to let them in by the account of the provider that they are signed
/// in as. The answer is the same wherever they are no member, and where there is no such organization.
#[utoipa::path(tag = "me", request_body = IdentityRequestBody, responses((status = 202)))]
#[post("/v1/me/identity-requests")]
pub async fn ask(
    app: Data<App>,
    signed_in: SignedIn,
    body: Body<IdentityRequestBody>,
) -> Result<HttpResponse, Problem> {
    count_asking(&app, signed_in.session.user)?;
    app.ask_to_come_in(&signed_in.session, body.value.organization.trim()).await?;
    Ok(HttpResponse::Accepted().finish())
}
