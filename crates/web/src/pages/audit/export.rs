use actix_web::web::Data;
use actix_web::{Error, HttpResponse, post};
use app::App;
use app::evidence::Query;
use serde::Deserialize;

use crate::Problem;
use crate::api::evidence::{Shape, send};
use crate::session::{Form, Visit};

/// What is to be taken away, and in which shape.
#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    q: String,
    format: String,
}

impl Fields {
    /// The query and the shape, checked.
    pub(super) fn read(&self) -> Result<(Query, Shape), Problem> {
        let shape = Shape::of(&self.format)
            .ok_or_else(|| Problem::invalid_field("format", "expected `csv` or `jsonl`"))?;
        let query = Query::parse(&self.q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
        Ok((query, shape))
    }
}

/// Takes away what a query finds, as a file. That it was taken is in the evidence.
#[post("/o/{org}/audit/export")]
pub(super) async fn export(app: Data<App>, visit: Visit, form: Form<Fields>) -> Result<HttpResponse, Error> {
    let (query, shape) = form.0.read()?;
    let taken = app.take(visit.request(), &query, shape.name()).await.map_err(Problem::from)?;
    Ok(send(taken, shape))
}
