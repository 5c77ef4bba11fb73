//! Many operations in one request (RFC 7644, section 3.7). Each is done whole or not at all, by itself; what one brings can
//! be named in another by its `bulkId`.

mod ids;
mod read;
mod run;

use actix_web::HttpResponse;
use actix_web::web::Data;
use app::App;
use serde_json::{Value, json};

use super::answer::Answer;
use super::call::Call;

/// The most operations in one request, which is said in the service provider's configuration. Each is a transaction, so
/// a request takes some seconds at most.
pub(crate) const MAX_OPERATIONS: usize = 1000;
/// The schema of an answer.
const ANSWER: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

/// `POST /Bulk`
pub(super) async fn bulk(app: Data<App>, call: Call) -> HttpResponse {
    let work = async {
        let asked = read::bulk(&call.json()?)?;
        let results = run::run(&app, &call.directory, asked).await;
        let results: Vec<Value> = results.into_iter().flatten().collect();
        Ok(Answer::document(json!({"schemas": [ANSWER], "Operations": results})))
    };
    call.answer(&app, work).await
}
