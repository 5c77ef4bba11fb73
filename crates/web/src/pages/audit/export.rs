use actix_web::web::Data;
use actix_web::{Error, HttpResponse, post};
use app::App;
use serde::Deserialize;

use crate::Problem;
use crate::api::evidence::{Shape, send};
use crate::session::{Form, Visit};

/// What is to be taken away, and in which shape.
#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    pub(super) q: String,
    pub(super) format: String,
}

/// Takes away what a query finds, as a file. That it was taken is in the evidence.
#[post("/o/{org}/audit/export")]
pub(super) async fn export(app: Data<App>, visit: Visit, form: Form<Fields>) -> Result<HttpResponse, Error> {
    let (query, shape) = Shape::asked(&form.0.q, &form.0.format)?;
    let taken = app.take(visit.request(), &query, shape.name()).await.map_err(Problem::from)?;
    Ok(send(taken, shape))
}
