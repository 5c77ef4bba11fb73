//! Global token revocation (draft-parecki-oauth-global-token-revocation): an identity provider's universal logout.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use app::signals::{Meant, Subject, read_subject};
use app::{App, Error, Request, members};
use decision::{Caller, Means};
use model::{ConnectionId, FactKind};
use serde_json::Value;

use crate::arriving::Arrived;
use crate::scim::{Directory, directory};
use crate::{Problem, strict_json};

/// What stands in the evidence.
const REASON: &str = "all tokens revoked by the identity provider";

/// `POST /t/{org}/global-token-revocation`, by the directory's key: everything that proves a person ends. 204, also where
/// nothing was left to end; 404 for somebody whom neither the directory brought nor a connection's provider vouches for.
pub(super) async fn revoke(
    app: Data<App>,
    request: HttpRequest,
    org: Path<String>,
    Arrived(body): Arrived,
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
    let people = app.whom(directory.organization, &facts, &named(&document)?, None).await?;
    if people.is_empty() {
        return Err(Error::NotFound(FactKind::User).into());
    }
    for Meant { user, vouched_by } in people {
        let (request, reason) = match vouched_by {
            Some(connection) => vouched(&directory, connection),
            None => (directory.request(), REASON.to_owned()),
        };
        app.change(request, |planning| members::sign_out(planning, user, &reason)).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Whom the directory did not bring is signed out on the word of the provider that vouches for them; the evidence says by
/// which key it was asked for.
fn vouched(directory: &Directory, connection: ConnectionId) -> (Request, String) {
    let caller = Caller { principal: None, means: Means::SignIn(connection) };
    let reason = match directory.caller.means {
        Means::Directory(key) => format!("{REASON}, by the directory's key {key}"),
        _ => REASON.to_owned(),
    };
    (Request { caller, ..directory.request() }, reason)
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
