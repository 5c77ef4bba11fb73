use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use app::{App, Request};
use decision::Caller;
use futures_util::future::LocalBoxFuture;
use model::{FactKind, OrganizationId};

use crate::Problem;

/// The organization of the URL, and who asks in it.
///
/// The credential names the organization; the URL has to agree. Another organization's name and one that does not
/// exist get the same answer.
pub struct Tenant {
    /// The organization.
    pub organization: OrganizationId,
    /// Who asks.
    pub caller: Caller,
    /// The version that an edit was made on (`If-Match`).
    pub if_match: Option<String>,
    /// The caller's name for this request (`Idempotency-Key`).
    pub idempotency_key: Option<String>,
    /// Method and path, which make a request another one under the same idempotency key.
    pub route: String,
}

impl Tenant {
    /// What a use case wants to know of the request.
    pub fn request(&self) -> Request {
        Request {
            caller: self.caller,
            organization: self.organization,
            home: None,
            if_match: self.if_match.clone(),
        }
    }

    /// The same, for an agent that may belong to another organization.
    pub fn request_with_home(&self, home: OrganizationId) -> Request {
        Request { home: Some(home), ..self.request() }
    }
}

impl FromRequest for Tenant {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { tenant(&request).await })
    }
}

async fn tenant(request: &HttpRequest) -> Result<Tenant, Problem> {
    let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let token = header("authorization").and_then(bearer).ok_or_else(Problem::unauthorized)?;
    let address = request.peer_addr().map(|peer| peer.ip());
    let (organization, caller) = app.engine.caller(token, address).await?;
    let named = request.match_info().get("org").unwrap_or("");
    let facts = app.engine.replica().hold(organization).await.map_err(app::Error::from)?;
    let here = facts.organization().is_some_and(|o| o.slug.as_str() == named || o.id.to_string() == named);
    if !here {
        return Err(app::Error::NotFound(FactKind::Organization).into());
    }
    Ok(Tenant {
        organization,
        caller,
        if_match: header("if-match").map(ToOwned::to_owned),
        idempotency_key: header("idempotency-key").map(ToOwned::to_owned),
        route: format!("{} {}", request.method(), request.path()),
    })
}

/// The token of an `Authorization: Bearer` header. The scheme's case does not matter (RFC 9110, section 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
