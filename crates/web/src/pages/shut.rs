//! What stands in the place of every page of an organization that is shut: to everybody, because it is suspended, or to
//! this session, because somebody ended it there. It says so, whom to ask, and leads on to what is open.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use app::App;
use app::sessions::Place;
use askama::Template;
use model::{Organization, OrganizationRole, OrganizationState, Snapshot};

use super::{Bare, Moment, filters, page_with};
use crate::Problem;
use crate::session::SignedIn;

/// As many as fit into a sentence.
const OWNERS: usize = 3;

#[derive(Template)]
#[template(path = "shut.html")]
struct Page {
    shell: Bare,
    csrf: String,
    name: String,
    /// None: the session was ended.
    suspended: Option<Suspended>,
    /// The other organizations that the session opens: slug and name.
    others: Vec<(String, String)>,
}

/// Since when an organization is suspended, and who knows more.
struct Suspended {
    at: Moment,
    /// The operator's words, for those who answer for the organization.
    reason: Option<String>,
    owners: Vec<String>,
    is_owner: bool,
}

/// The page of an organization that is suspended. None: it is not.
pub(crate) async fn suspended(
    request: &HttpRequest,
    app: &App,
    signed_in: &SignedIn,
    place: &Place,
) -> Result<Option<HttpResponse>, Problem> {
    let OrganizationState::Suspended(because) = &place.organization.state else { return Ok(None) };
    let role = place.membership.role;
    let suspended = Suspended {
        at: Bare::of(request).zone.moment(because.at),
        reason: Some(because.reason.clone())
            .filter(|text| role >= OrganizationRole::Admin && !text.is_empty()),
        // Guests are not shown who else is here.
        owners: if role == OrganizationRole::Guest { Vec::new() } else { owners(&place.facts) },
        is_owner: role == OrganizationRole::Owner,
    };
    shut(request, app, signed_in, &place.organization, Some(suspended)).await.map(Some)
}

/// The page of an organization that this session opens no more, because somebody ended it there.
pub(crate) async fn ended(
    request: &HttpRequest,
    app: &App,
    signed_in: &SignedIn,
    organization: &Organization,
) -> Result<HttpResponse, Problem> {
    shut(request, app, signed_in, organization, None).await
}

async fn shut(
    request: &HttpRequest,
    app: &App,
    signed_in: &SignedIn,
    organization: &Organization,
    suspended: Option<Suspended>,
) -> Result<HttpResponse, Problem> {
    let places = app.places(&signed_in.session).await?.into_iter();
    let others = places.filter(|place| place.organization.id != organization.id);
    let page = Page {
        shell: Bare::of(request),
        csrf: signed_in.csrf.clone(),
        name: organization.name.to_string(),
        suspended,
        others: others
            .map(|place| (place.organization.slug.to_string(), place.organization.name.to_string()))
            .collect(),
    };
    page_with(StatusCode::FORBIDDEN, &page)
}

/// Its owners, by name.
fn owners(facts: &Snapshot) -> Vec<String> {
    let members = facts.list_members(None).filter(|member| member.is_active());
    let owners = members.filter(|member| member.role == OrganizationRole::Owner);
    owners
        .filter_map(|member| facts.user(member.user))
        .map(|user| user.name.to_string())
        .take(OWNERS)
        .collect()
}
