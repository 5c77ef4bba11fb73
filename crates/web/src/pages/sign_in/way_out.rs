use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use model::ConnectionId;
use serde::Deserialize;

use super::slip_cookie;
use crate::Problem;
use crate::pages::{Bare, Redirect, filters, secret_page};
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
    let slip = slip_cookie::held(&request);
    let out = app.way_out(way.connection, slip.as_ref()).await.unwrap_or_else(|error| {
        // They are signed out here whatever the provider says.
        tracing::info!(%error, "the way to sign out at a provider is not known");
        None
    });
    let parsed = out.as_deref().and_then(|url| url::Url::parse(url).ok());
    let mut response = match (out, parsed.and_then(|url| url.host_str().map(ToOwned::to_owned))) {
        // The address may hold what the provider said of them: no browser keeps this page.
        (Some(url), Some(host)) => secret_page(&Page { shell: Bare::of(&request), host, url })?,
        _ => Redirect::to("/sign-in").saying("You are signed out.").response(),
    };
    if slip.is_some() {
        response.add_cookie(&slip_cookie::let_go()).map_err(|error| Problem::internal().because(error))?;
    }
    Ok(response)
}
