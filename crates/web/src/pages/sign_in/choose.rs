use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::sessions::Place;
use askama::Template;
use model::{OrganizationRole, OrganizationState, Origin};
use serde::Deserialize;

use crate::Problem;
use crate::pages::{Bare, FieldView, filters, page};
use crate::session::SignedIn;

#[derive(Template)]
#[template(path = "sign_in/choose.html")]
struct Page {
    shell: Bare,
    name: String,
    places: Vec<PlaceView>,
    /// To whom they may ask to come in, where they came in through an organization's provider.
    organization: Option<FieldView>,
    csrf: String,
}

/// The organization that they wanted into.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    organization: String,
}

/// An organization to enter.
struct PlaceView {
    slug: String,
    name: String,
    role: &'static str,
    is_guest: bool,
    is_suspended: bool,
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        let role = place.membership.role;
        Self {
            slug: place.organization.slug.to_string(),
            name: place.organization.name.to_string(),
            role: role.as_str(),
            is_guest: role == OrganizationRole::Guest,
            is_suspended: matches!(place.organization.state, OrganizationState::Suspended(_)),
        }
    }
}

/// Lists the organizations that the session opens.
#[get("/choose")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    signed_in: SignedIn,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Problem> {
    let places = app.places(&signed_in.session).await?.into_iter().map(PlaceView::from).collect();
    let person = app.person(signed_in.user).await?;
    let name = person.map(|person| person.name.to_string()).unwrap_or_default();
    let is_outside = matches!(signed_in.session.origin, Origin::Connection { .. });
    let organization = is_outside.then(|| {
        FieldView::new("organization", "Its name in addresses")
            .hint("What stands after /o/ in the address of its pages.")
            .value(&wanted.organization)
    });
    page(&Page { shell: Bare::of(&request), name, places, organization, csrf: signed_in.csrf })
}
