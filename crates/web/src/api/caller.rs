use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use app::{App, Request};
use decision::{Caller, Means};
use enforcement::Share;
use futures_util::future::LocalBoxFuture;
use model::{FactKind, OrganizationId, Snapshot};

use crate::Problem;
use crate::arriving::{Arriving, arriving};
use crate::problem::Code;
use crate::session::{found, refuse_foreign};

/// The organization of the URL, and who asks in it.
///
/// A key names the organization, and the URL has to agree; a session opens those that its person is in and that honour
/// it. Another organization's name and one that does not exist get the same answer.
pub struct Tenant {
    /// The organization.
    pub organization: OrganizationId,
    /// Who asks.
    pub caller: Caller,
    /// The version that an edit was made on (`If-Match`).
    pub if_match: Option<String>,
    /// The caller's name for this request (`Idempotency-Key`).
    pub idempotency_key: Option<String>,
    /// Its turn among the requests of its organization.
    _turn: enforcement::Turn,
    /// Method and path, which make a request another one under the same idempotency key.
    pub route: String,
    /// Whether a dangerous act may follow: a key is proof enough, a session only when it is fresh.
    is_fresh: bool,
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

    /// Refuses a dangerous act by somebody who proved too long ago who they are (security.md S7).
    pub fn fresh(&self) -> Result<(), Problem> {
        if self.is_fresh { Ok(()) } else { Err(Code::StepUpRequired.into()) }
    }

    /// The same, for an agent that may belong to another organization.
    pub fn request_with_home(&self, home: OrganizationId) -> Request {
        Request { home: Some(home), ..self.request() }
    }
}

impl FromRequest for Tenant {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = arriving(request, payload);
        let request = request.clone();
        Box::pin(async move { tenant(&request, body).await })
    }
}

async fn tenant(request: &HttpRequest, body: Arriving) -> Result<Tenant, Problem> {
    let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let named = request.match_info().get("org").unwrap_or("");
    // A key that is shown is what counts, good or bad: a browser's own requests show none.
    let (organization, caller, is_fresh) = match header("authorization") {
        Some(shown) => by_key(app, request, bearer(shown), named).await?,
        None => by_session(app, request, named).await?,
    };
    // Nobody holds a turn while a body is still on its way.
    body.await?;
    let now = app.engine.world().clock.monotonic();
    let turn = app.engine.limiter().take_request(organization, share(caller), now).await;
    let turn = turn.map_err(enforcement::Unavailable::from)?;
    Ok(Tenant {
        organization,
        caller,
        if_match: header("if-match").map(ToOwned::to_owned),
        idempotency_key: header("idempotency-key").map(ToOwned::to_owned),
        _turn: turn,
        route: format!("{} {}", request.method(), request.path()),
        is_fresh,
    })
}

/// Managing is for people. Whoever shows another key is refused and that is recorded, out of a share of its own: an agent
/// that hammers must not keep its owner from the stop button.
fn share(caller: Caller) -> Share {
    match caller.means {
        Means::Session | Means::ManagementKey(_) => Share::People,
        _ => Share::Others,
    }
}

async fn by_key(
    app: &App,
    request: &HttpRequest,
    token: Option<&str>,
    named: &str,
) -> Result<(OrganizationId, Caller, bool), Problem> {
    let token = token.ok_or_else(Problem::unauthorized)?;
    let address = crate::address::client(request);
    let (organization, caller) = app.engine.caller(token, address).await?;
    let facts = app.engine.replica().hold(organization).await.map_err(app::Error::from)?;
    if !is_named(&facts, named) {
        return Err(app::Error::NotFound(FactKind::Organization).into());
    }
    Ok((organization, caller, true))
}

fn is_named(facts: &Snapshot, named: &str) -> bool {
    facts.organization().is_some_and(|o| o.slug.as_str() == named || o.id.to_string() == named)
}

async fn by_session(
    app: &App,
    request: &HttpRequest,
    named: &str,
) -> Result<(OrganizationId, Caller, bool), Problem> {
    let found = found(request).await?.ok_or_else(Problem::unauthorized)?;
    refuse_foreign(request)?;
    let Some(place) = app.place(&found.session, named).await? else {
        let ended = app.ended_in(&found.session, named).await?.is_some();
        return Err(if ended {
            Problem::unauthorized()
        } else {
            app::Error::NotFound(FactKind::Organization).into()
        });
    };
    app.note_visit(&found.session, place.organization.id).await;
    let is_fresh = found.session.is_fresh(app.engine.world().now());
    Ok((place.organization.id, place.caller(), is_fresh))
}

/// The token of an `Authorization: Bearer` header. The scheme's case does not matter (RFC 9110, section 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
