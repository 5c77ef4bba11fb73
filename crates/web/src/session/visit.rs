use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest, dev::Payload};
use app::{App, Request};
use decision::Caller;
use futures_util::future::LocalBoxFuture;
use model::{OrganizationId, OrganizationRole, Session, UserId};

use super::SignedIn;
use crate::Problem;

/// Somebody is in the organization of the URL. Whoever is no active member there, or whose session it does not honour,
/// gets the page of every other miss.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name in URLs.
    pub slug: String,
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: OrganizationRole,
    /// The same, as use cases want to know it.
    pub caller: Caller,
    /// By which session.
    pub session: Session,
    /// What the hidden field `csrf` of every form has to hold.
    pub csrf: String,
    /// Its turn among the requests of its organization.
    _turn: Arc<enforcement::Turn>,
}

impl Visit {
    /// What a use case wants to know of the request.
    pub fn request(&self) -> Request {
        Request { caller: self.caller, organization: self.organization, home: None, if_match: None }
    }
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move { Ok(visit(&request, signed_in.await?).await?) })
    }
}

async fn visit(request: &HttpRequest, signed_in: SignedIn) -> Result<Visit, Problem> {
    let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
    let named = request.match_info().get("org").unwrap_or("");
    let place = app.place(&signed_in.session, named).await?.ok_or_else(Problem::not_found)?;
    let organization = place.organization.id;
    app.note_visit(&signed_in.session, organization).await;
    let turn = app.engine.limiter().take_request(organization, app.engine.world().clock.monotonic()).await;
    let turn = turn.map_err(enforcement::Unavailable::from)?;
    Ok(Visit {
        organization,
        slug: place.organization.slug.to_string(),
        user: signed_in.user,
        role: place.membership.role,
        caller: place.caller(),
        session: signed_in.session,
        csrf: signed_in.csrf,
        _turn: Arc::new(turn),
    })
}
