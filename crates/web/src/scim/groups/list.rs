use actix_web::HttpResponse;
use actix_web::web::Data;
use app::App;

use crate::scim::answer::Answer;
use crate::scim::call::Call;
use crate::scim::list;
use crate::scim::schema::ResourceKind;

/// `GET /Groups`
pub(in crate::scim) async fn list(app: Data<App>, call: Call) -> HttpResponse {
    let work = async {
        let query = call.query()?;
        let facts = app.read(call.directory.caller, call.directory.organization).await?.facts;
        list::list(&facts, &call.directory.base, &[ResourceKind::Group], &query).map(Answer::document)
    };
    call.answer(&app, work).await
}
