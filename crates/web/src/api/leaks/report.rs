use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use app::leaks::REPORT_LIMIT;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::reporter::Reporter;
use crate::Problem;
use crate::api::Body;
use crate::problem::Code;

/// Secrets that were found where they should not be. A bare array is understood too.
#[derive(Deserialize, ToSchema)]
pub struct LeakReportBody {
    /// Whole tokens, at most 1000. What is none of ours is passed over.
    #[expect(
        dead_code,
        reason = "describes the body in the OpenAPI document; the body is read as either of two shapes"
    )]
    tokens: Vec<String>,
}

/// Reports leaked keys: each that is a key here ends at once. Asks for no credential, and the answer is always the
/// same, whatever was found. At most 60 reports an hour from one address.
#[utoipa::path(
    tag = "leaks",
    request_body = LeakReportBody,
    responses((status = 202, description = "Received; says nothing of what was found."), (status = 408, description = "The announced body did not arrive in time."), (status = 429, description = "Too many reports from this address.")),
    security(())
)]
#[post("/v1/leaks")]
pub async fn report(app: Data<App>, reporter: Reporter, body: Body<Value>) -> Result<HttpResponse, Problem> {
    if let Some(wait) = reporter.must_wait {
        return Err(Problem::new(Code::TooManyRequests).after(wait));
    }
    app.report_leaks(&tokens(body.value)?).await?;
    Ok(HttpResponse::build(StatusCode::ACCEPTED).json(json!({})))
}

fn tokens(body: Value) -> Result<Vec<String>, Problem> {
    let listed = match body {
        Value::Object(mut fields) if fields.len() == 1 => fields.remove("tokens"),
        other => Some(other),
    };
    let Some(Value::Array(listed)) = listed else {
        return Err(Problem::malformed("expected an array of tokens, or an object with `tokens`".to_owned()));
    };
    if listed.len() > REPORT_LIMIT {
        return Err(
            Problem::new(Code::TooLarge).detail(format!("At most {REPORT_LIMIT} tokens in one report."))
        );
    }
    let text = |value| match value {
        Value::String(text) => Ok(text),
        _ => Err(Problem::malformed("every token is a string".to_owned())),
    };
    listed.into_iter().map(text).collect()
}
