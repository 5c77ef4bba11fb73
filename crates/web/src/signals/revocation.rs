//! Global token revocation (draft-parecki-oauth-global-token-revocation): an identity provider's universal logout.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use app::signals::{Subject, read_subject, whom};
use app::{App, Error, members};
use model::{FactKind, UserId};
use serde_json::Value;

use crate::scim::directory;
use crate::{Problem, strict_json};

/// What stands in the evidence.
const REASON: &str = "all tokens revoked by the identity provider";

/// `POST /t/{org}/global-token-revocation`, by the directory's key: everything that proves a person ends. 204, also where
/// nothing was left to end; 404 for somebody whom the directory did not bring.
pub(super) async fn revoke(
    app: Data<App>,
    request: HttpRequest,
    org: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let directory = directory(&request).await.map_err(|error| error.problem())?;
    let facts = app.read(directory.caller, directory.organization).await?.facts;
    let is_named = facts
        .organization()
        .is_some_and(|here| here.slug.as_str() == org.as_str() || here.id.to_string() == org.as_str());
    if !is_named {
        return Err(Error::NotFound(FactKind::Organization).into());
    }
    let document = strict_json::parse(&body).map_err(|error| Problem::malformed(error.to_string()))?;
    let people: Vec<UserId> = whom(&facts, &named(&document)?);
    if people.is_empty() {
        return Err(Error::NotFound(FactKind::User).into());
    }
    for user in people {
        app.change(directory.request(), |planning| members::sign_out(planning, user, REASON)).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// The subject, by the name it has in the newest draft or in those before.
fn named(document: &Value) -> Result<Subject, Problem> {
    let (field, value) = match (document.get("sub_id"), document.get("subject")) {
        (Some(value), None) => ("sub_id", value),
        (None, Some(value)) => ("subject", value),
        _ => return Err(Problem::malformed("Send one subject identifier, as `sub_id`.".to_owned())),
    };
    read_subject(value).map_err(|wrong| Problem::malformed(format!("`{field}`: {wrong}.")))
}
