use actix_web::web::Data;
use actix_web::{Error, HttpResponse, post};
use app::App;

use super::export::Fields;
use crate::Problem;
use crate::api::evidence::{Shape, send};
use crate::session::{Form, Visit};

/// Takes away the changes that a query finds, as a file. That it was taken is in the evidence.
#[post("/o/{org}/audit/changes/export")]
pub(super) async fn export_changes(
    app: Data<App>,
    visit: Visit,
    form: Form<Fields>,
) -> Result<HttpResponse, Error> {
    let (query, shape) = Shape::asked(&form.0.q, &form.0.format)?;
    let taken = app.take_changes(visit.request(), &query, shape.name()).await.map_err(Problem::from)?;
    Ok(send(taken, shape))
}
