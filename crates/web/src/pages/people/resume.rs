use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use app::{App, members};

use super::PersonPath;
use crate::Problem;
use crate::pages::again::again;
use crate::pages::{Flash, Redirect, Tone};
use crate::session::{Form, NoFields, Visit};

/// Brings a person back.
#[post("/o/{org}/people/{person}/resume")]
pub(super) async fn submit(
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Form(NoFields {}) = form;
    let person = path.person;
    let there = Redirect::to(format!("/o/{}/people/{person}", visit.slug));
    match app.change(visit.request(), |planning| members::resume(planning, person)).await {
        Ok(_) => {
            let text = "They are back. Their agents stay stopped until a person takes each of them over.";
            Ok(there.saying(text).into())
        }
        Err(error) => {
            // Pressed twice, or by two people: what was wanted is so.
            let _so_already = again(error, &[], "")?;
            Ok(there
                .flashing(Flash { tone: Tone::Mind, text: "They were active already.".to_owned() })
                .into())
        }
    }
}
