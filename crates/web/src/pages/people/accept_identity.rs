use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use app::{App, Error};

use super::identities::{IdentityPath, there};
use crate::Problem;
use crate::pages::{Flash, Redirect};
use crate::session::{Form, Fresh, NoFields, Visit};

/// Accepts the account that a person asks to come in by.
#[post("/o/{org}/people/{person}/identities/{identity}/accept")]
pub(super) async fn submit(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<IdentityPath>,
    form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(NoFields {})) = (visit, form);
    let there = Redirect::to(there(&visit, &path));
    match app.accept_identity(visit.request(), path.person, path.identity).await {
        Ok(_) => Ok(there.saying("It is accepted. They come in by it from their next click on.").into()),
        Err(Error::Conflict { detail, .. }) => Ok(there.flashing(Flash::failed(&detail)).into()),
        Err(error) => Err(error.into()),
    }
}
