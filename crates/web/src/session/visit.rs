use std::sync::Arc;

use actix_web::error::InternalError;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload};
use app::{App, Request};
use decision::Caller;
use enforcement::Share;
use futures_util::future::LocalBoxFuture;
use model::{OrganizationId, OrganizationRole, Origin, Session, UserId};

use super::SignedIn;
use crate::Problem;
use crate::arriving::{Arriving, arriving};
use crate::pages::shut;

/// Somebody is in the organization of the URL. Whoever is no active member there, or whose session it does not honour,
/// gets the page of every other miss; who is one gets a page that says so where it is suspended, or where their session
/// was ended there.
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

/// Noted with a request that found no organization to enter, of a session that came in through a provider: the page of
/// that miss says that another organization may not take it. It is noted whether there is such an organization or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NotTaken;

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
        let body = arriving(request, payload);
        let request = request.clone();
        Box::pin(async move { visit(&request, signed_in.await?, body).await })
    }
}

async fn visit(request: &HttpRequest, signed_in: SignedIn, body: Arriving) -> Result<Visit, Error> {
    let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
    let named = request.match_info().get("org").unwrap_or("");
    let Some(place) = app.place(&signed_in.session, named).await.map_err(Problem::from)? else {
        let ended = app.ended_in(&signed_in.session, named).await.map_err(Problem::from)?;
        let Some(organization) = ended else {
            if matches!(signed_in.session.origin, Origin::Connection { .. }) {
                request.extensions_mut().insert(NotTaken);
            }
            return Err(Problem::not_found().into());
        };
        return Err(instead(shut::ended(request, app, &signed_in, &organization).await?));
    };
    if let Some(page) = shut::suspended(request, app, &signed_in, &place).await? {
        return Err(instead(page));
    }
    let organization = place.organization.id;
    app.note_visit(&signed_in.session, organization).await;
    // Nobody holds a turn while a form is still on its way.
    body.await.map_err(Problem::from)?;
    let now = app.engine.world().clock.monotonic();
    let turn = app.engine.limiter().take_request(organization, Share::People, now).await;
    let turn = turn.map_err(enforcement::Unavailable::from).map_err(Problem::from)?;
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

/// Another page in the place of the one that was asked for.
fn instead(page: HttpResponse) -> Error {
    InternalError::from_response("the organization is shut", page).into()
}
