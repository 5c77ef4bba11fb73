use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use model::ConnectionId;
use serde::Deserialize;

use crate::Problem;
use crate::pages::{Bare, Redirect, filters, page};
use crate::session::Anybody;

/// Whose provider somebody came in by.
#[derive(Debug, Deserialize)]
struct Way {
    connection: ConnectionId,
}

#[derive(Template)]
#[template(path = "sign_in/way_out.html")]
struct Page {
    shell: Bare,
    host: String,
    url: String,
}

/// Somebody is signed out here and may still be signed in at their provider: the way to sign out there too. A page of its
/// own and no redirect: a browser that sent a form may be redirected only to where forms may be sent, which is here.
#[get("/sign-out/provider")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    _anybody: Anybody,
    way: Query<Way>,
) -> Result<HttpResponse, Problem> {
    let out = app.way_out(way.connection).await.unwrap_or_else(|error| {
        // They are signed out here whatever the provider says.
        tracing::info!(%error, "the way to sign out at a provider is not known");
        None
    });
    let parsed = out.as_deref().and_then(|url| url::Url::parse(url).ok());
    match (out, parsed.and_then(|url| url.host_str().map(ToOwned::to_owned))) {
        (Some(url), Some(host)) => page(&Page { shell: Bare::of(&request), host, url }),
        _ => Ok(Redirect::to("/sign-in").saying("You are signed out.").response()),
    }
}
