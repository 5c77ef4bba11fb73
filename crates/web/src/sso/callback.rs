use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::single_sign_on::{Beginning, CameBack, Returned};
use model::ConnectionId;

use super::failed::failed;
use super::flow_cookie::Held;
use super::leave::leave;
use super::outcome::outcome;
use crate::Problem;
use crate::session::Anybody;

/// Comes back from the provider of that connection. What the browser holds, the state and the connection have to be those
/// of one sign-in that is under way (security.md S3).
#[get("/sso/cb/{connection}")]
pub(super) async fn callback(
    app: Data<App>,
    request: HttpRequest,
    _anybody: Anybody,
    connection: Path<ConnectionId>,
    returned: Query<Returned>,
) -> Result<HttpResponse, Problem> {
    // A browser that holds nothing began nothing: told as one that holds something else.
    let browser = Held::read(&request).map(|held| held.hash()).unwrap_or_default();
    let done = match app.finish_sign_in(connection.into_inner(), &returned, browser).await {
        Ok(CameBack::Finished(finished)) => outcome(&app, &request, *finished).await,
        Ok(CameBack::Again(beginning)) => again(&app, &request, beginning).await,
        Err(error) => Err(error.into()),
    };
    done.or_else(|problem| failed(&request, problem))
}

/// Sends somebody to their provider once more: what was asked for the first time is not given there.
async fn again(app: &App, request: &HttpRequest, beginning: Beginning) -> Result<HttpResponse, Problem> {
    let held = Held::read(request).ok_or_else(Problem::internal)?;
    let url = app.begin_sign_in(beginning).await?;
    leave(request, &url, held)
}
