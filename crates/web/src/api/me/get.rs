use actix_web::get;
use actix_web::web::{Data, Json};
use app::App;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::SessionView;
use crate::Problem;
use crate::session::SignedIn;

/// Whoever is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    /// Their id, the same in every organization.
    id: Uuid,
    /// What they are called.
    name: String,
    /// Where mail goes.
    email: Option<String>,
    /// The session that asks.
    session: SessionView,
    /// The organizations that it opens.
    organizations: Vec<PlaceView>,
}

/// An organization that a session opens.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceView {
    /// Its id.
    id: Uuid,
    /// Its name in URLs.
    slug: String,
    /// What people call it.
    name: String,
    /// As what the person is there.
    role: &'static str,
}

/// Shows who is signed in, and where they may go.
#[utoipa::path(tag = "me", responses((status = 200, body = MeView)))]
#[get("/v1/me")]
pub async fn get(app: Data<App>, signed_in: SignedIn) -> Result<Json<MeView>, Problem> {
    let person = app.person(signed_in.user).await?.ok_or_else(Problem::not_found)?;
    let organizations = app.places(&signed_in.session).await?.into_iter().map(|place| PlaceView {
        id: place.organization.id.uuid(),
        slug: place.organization.slug.to_string(),
        name: place.organization.name.to_string(),
        role: place.membership.role.as_str(),
    });
    Ok(Json(MeView {
        id: person.id.uuid(),
        name: person.name.to_string(),
        email: person.email,
        session: SessionView::of(&signed_in.session, signed_in.session.id),
        organizations: organizations.collect(),
    }))
}
