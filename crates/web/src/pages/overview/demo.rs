//! What the demo says of itself, and the button that takes its data away.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use app::{App, Reading};
use decision::{Action, On};

use crate::Problem;
use crate::pages::Redirect;
use crate::pages::ability::Ability;
use crate::serving::Demo;
use crate::session::{Form, NoFields, Visit};

/// Whether this is the demo's own organization, and whether whoever looks may take it away.
pub(super) fn demo(request: &HttpRequest, visit: &Visit, reading: &Reading) -> Option<Ability> {
    is_demo(request.app_data::<Data<Demo>>()?, visit)
        .then(|| Ability::of(reading, Action::OrganizationDelete, On::Organization))
}

/// Takes away everything that the demo made up, at once, and leads on to an organization of one's own. Where no demo
/// is run, and in every organization that it did not make, there is no such address.
#[post("/o/{org}/demo/remove")]
pub(super) async fn remove(
    app: Data<App>,
    demo: Data<Demo>,
    visit: Visit,
    _sent: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    if !is_demo(&demo, &visit) {
        return Err(Problem::not_found());
    }
    let there = match app.remove_demo(visit.request()).await? {
        Some(secret) => format!("/start/{}", secret.expose()),
        None => "/choose".to_owned(),
    };
    Ok(Redirect::to(there).into())
}

fn is_demo(demo: &Demo, visit: &Visit) -> bool {
    demo.0.is_some_and(|slug| slug == visit.slug)
}
