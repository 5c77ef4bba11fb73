use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::single_sign_on::{Beginning, Purpose};
use model::ConnectionId;
use serde::Deserialize;

use super::failed::failed;
use super::flow_cookie::Held;
use super::leave::leave;
use crate::Problem;
use crate::pages::Redirect;
use crate::session::{Anybody, found, local_path, step_up_path};

/// Where people go on to where nothing is said.
const HOME: &str = "/";

/// Where somebody is to be sent.
#[derive(Debug, Deserialize)]
struct Way {
    connection: ConnectionId,
    #[serde(default)]
    next: String,
    address: Option<String>,
    #[serde(rename = "for")]
    purpose: Option<Purpose>,
}

/// Begins a sign-in and shows the way to the provider. What is about somebody who is signed in takes their session.
#[get("/sso/continue")]
pub(super) async fn go(
    app: Data<App>,
    request: HttpRequest,
    _anybody: Anybody,
    way: Query<Way>,
) -> Result<HttpResponse, Problem> {
    let way = way.into_inner();
    let purpose = way.purpose.unwrap_or(Purpose::SignIn);
    let session = found(&request).await?.map(|found| found.session);
    if purpose != Purpose::SignIn {
        let now = app.engine.world().now();
        let session = session.as_ref().ok_or_else(Problem::unauthorized)?;
        // Whoever finds a browser open must not be able to tie an account of their own to it.
        if purpose == Purpose::Link && !session.is_fresh(now) {
            let back = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
            return Ok(Redirect::to(step_up_path(&back)).response());
        }
    }
    let held = Held::read_or_draw(&request, &app);
    let beginning = Beginning {
        connection: way.connection,
        purpose,
        browser: held.hash(),
        next: local_path(&way.next).unwrap_or(HOME).to_owned(),
        session: session.map(|session| session.id),
        address: way.address.filter(|address| !address.is_empty()),
    };
    match app.begin_sign_in(beginning).await {
        Ok(url) => leave(&request, &url, held),
        Err(error) => failed(&request, error.into()),
    }
}
