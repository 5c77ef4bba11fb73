use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::sessions::Place;
use askama::Template;
use model::OrganizationRole;

use crate::Problem;
use crate::pages::{Bare, filters, page};
use crate::session::SignedIn;

#[derive(Template)]
#[template(path = "sign_in/choose.html")]
struct Page {
    shell: Bare,
    name: String,
    places: Vec<PlaceView>,
    csrf: String,
}

/// An organization to enter.
struct PlaceView {
    slug: String,
    name: String,
    role: &'static str,
    is_guest: bool,
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        let role = place.membership.role;
        Self {
            slug: place.organization.slug.to_string(),
            name: place.organization.name.to_string(),
            role: role.as_str(),
            is_guest: role == OrganizationRole::Guest,
        }
    }
}

/// Lists the organizations that the session opens.
#[get("/choose")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    let places = app.places(&signed_in.session).await?.into_iter().map(PlaceView::from).collect();
    let person = app.person(signed_in.user).await?;
    let name = person.map(|person| person.name.to_string()).unwrap_or_default();
    page(&Page { shell: Bare::of(&request), name, places, csrf: signed_in.csrf })
}
