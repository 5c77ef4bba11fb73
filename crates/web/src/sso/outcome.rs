use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use app::App;
use app::identities::voucher;
use app::sessions::{Opened, Proven, SignIn};
use app::single_sign_on::{Finished, Purpose};
use askama::Template;
use decision::{Caller, Means};
use model::{ConnectionKind, Origin, PrincipalId, Proof, Session};

use crate::Problem;
use crate::pages::sign_in::signed_in;
use crate::pages::{Bare, filters, page};
use crate::session::{browser, found, remember};

/// What comes of a sign-in that was finished.
pub(super) async fn outcome(
    app: &App,
    request: &HttpRequest,
    finished: Finished,
) -> Result<HttpResponse, Problem> {
    let session = found(request).await?.map(|found| found.session);
    match finished.flow.purpose {
        Purpose::SignIn => sign_in(app, request, &finished, session).await,
        Purpose::Link => {
            let session = begun_by(&finished, session)?;
            app.tie(&finished, &session).await?;
            Ok(on(&finished.flow.next, None))
        }
        Purpose::StepUp => step_up(app, &finished, begun_by(&finished, session)?).await,
        Purpose::Test => test(app, request, &finished, &begun_by(&finished, session)?).await,
    }
}

/// The session that began it, if it is the one that the browser has still (cross-user session fixation: a sign-in is
/// finished by who began it).
fn begun_by(finished: &Finished, session: Option<Session>) -> Result<Session, Problem> {
    let began = finished.flow.session;
    session.filter(|session| Some(session.id) == began).ok_or_else(|| {
        let detail = "you were signed out meanwhile, or signed in as somebody else; begin again";
        Problem::conflict("sign_in_over", detail.to_owned())
    })
}

async fn sign_in(
    app: &App,
    request: &HttpRequest,
    finished: &Finished,
    before: Option<Session>,
) -> Result<HttpResponse, Problem> {
    let admitted = app.admit(finished, None).await?;
    let person = &finished.person;
    let who = SignIn {
        user: admitted.user,
        origin: Origin::Connection {
            connection: finished.connection.id,
            organization: finished.organization,
            voucher: Some(voucher(&finished.connection, &person.subject)?),
        },
        proof: proof(finished),
        amr: person.amr.clone(),
        acr: person.acr.clone(),
        authenticated_at: person.proven_at,
        provider_session: person.session.clone(),
        browser: browser(request),
    };
    let opened = app.sign_in(who, before.map(|session| session.id)).await?;
    app.keep_tokens(&opened.session, person).await;
    signed_in(app, &opened, &finished.flow.next).await
}

async fn step_up(app: &App, finished: &Finished, session: Session) -> Result<HttpResponse, Problem> {
    let known = app.known(finished).await?;
    if known.is_none_or(|identity| identity.user != session.user) {
        let detail = "your identity provider says that this is somebody else; sign in as yourself";
        return Err(Problem::conflict("somebody_else", detail.to_owned()));
    }
    let person = &finished.person;
    let proven = Proven { proof: proof(finished), amr: person.amr.clone(), acr: person.acr.clone() };
    let opened = app.step_up(session, proven).await?.ok_or_else(Problem::unauthorized)?;
    // Only where the session came in by this very connection.
    app.keep_tokens(&opened.session, person).await;
    Ok(on(&finished.flow.next, Some(&opened)))
}

#[derive(Template)]
#[template(path = "sso/test.html")]
struct Tested {
    shell: Bare,
    connection: String,
    claims: Vec<(String, String)>,
    /// Whether the provider can be asked again while somebody is signed in.
    lasts: bool,
    back: String,
}

/// Shows what the provider says of whoever tests. They are signed in as who they were before, and nobody is taken in.
async fn test(
    app: &App,
    request: &HttpRequest,
    finished: &Finished,
    session: &Session,
) -> Result<HttpResponse, Problem> {
    let slug = finished.organization.to_string();
    let place = app.place(session, &slug).await?.ok_or_else(Problem::not_found)?;
    let caller = Caller { principal: Some(PrincipalId::User(session.user)), means: Means::Session };
    let asked = app::Request { caller, organization: finished.organization, home: None, if_match: None };
    let connection = &finished.connection;
    app.change(asked, |planning| app::connections::pass(planning, connection.id, &connection.terms)).await?;
    let claims = finished.person.claims.0.iter().map(|(name, value)| (name.clone(), shown(value)));
    page(&Tested {
        shell: Bare::of(request),
        connection: connection.name.to_string(),
        claims: claims.collect(),
        lasts: app.refresh_every.is_some() && has_refresh(finished),
        back: format!("/o/{}/settings/sign-in/connections/{}", place.organization.slug, connection.id),
    })
}

fn has_refresh(finished: &Finished) -> bool {
    finished.person.kept.as_ref().is_some_and(|kept| kept.refresh.is_some())
}

fn shown(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

fn proof(finished: &Finished) -> Proof {
    match finished.connection.terms.kind {
        ConnectionKind::Oidc => Proof::Oidc,
        ConnectionKind::Oauth(_) => Proof::Oauth,
    }
}

/// On to where they wanted to go.
fn on(next: &str, opened: Option<&Opened>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, next)).insert_header((CACHE_CONTROL, "no-store"));
    if let Some(opened) = opened {
        response.cookie(remember(&opened.secret));
    }
    response.finish()
}
