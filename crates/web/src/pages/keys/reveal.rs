//! Making keys once, and showing them once.

use std::future::Future;

use actix_web::HttpResponse;
use app::{App, Error};
use keys::{Slip, Token, public_id};
use serde::{Deserialize, Serialize};

use crate::Problem;
use crate::pages::Redirect;
use crate::session::Visit;

/// What a person is shown, and where they go on from there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct About {
    /// Whose key it is, in words: `Invoice Reconciler`.
    pub(crate) holder: String,
    /// Where to go on.
    pub(crate) back: String,
    /// What else there is to know: until when an old key still counts.
    pub(crate) note: String,
}

/// A secret that is shown.
#[derive(Serialize, Deserialize)]
pub(crate) struct Secret {
    /// What it is called, and whose it is where several are shown.
    pub(crate) label: String,
    /// Its public part; empty for a token that is no key.
    pub(crate) id: String,
    /// All of it.
    pub(crate) token: String,
}

impl Secret {
    /// The secret of a key that has just been made.
    pub(crate) fn of(label: impl Into<String>, token: &Token) -> Self {
        let id = public_id(token.kind(), token.id());
        Self { label: label.into(), id, token: token.expose().to_owned() }
    }
}

/// A slip for a form whose sending will make keys.
pub(crate) fn slip(app: &App) -> String {
    let world = app.engine.world();
    Slip::draw(&mut world.entropy()).expose().to_owned()
}

/// Where what was made under a slip is shown.
pub(crate) fn path(visit: &Visit, slip: &str) -> String {
    format!("/o/{}/keys/shown/{slip}", visit.slug)
}

/// Makes keys once for a slip, and leads to the page that shows them. The same form sent again, by impatience or by
/// going back, leads to the same page and makes nothing.
pub(crate) async fn once(
    app: &App,
    visit: &Visit,
    slip: &str,
    make: impl Future<Output = Result<(About, Vec<Secret>), Error>>,
) -> Result<HttpResponse, Error> {
    let parsed: Slip = slip.parse().map_err(|_| Error::invalid("slip", "open the form again"))?;
    if app.begin_reveal(visit.organization, visit.user, &parsed).await? {
        let work = async {
            let (about, secrets) = make.await?;
            let written = |value: Result<String, serde_json::Error>| {
                value.map_err(|error| Error::Internal(error.to_string()))
            };
            let about = written(serde_json::to_string(&about))?;
            let secrets = zeroize::Zeroizing::new(written(serde_json::to_string(&secrets))?);
            app.seal_reveal(visit.organization, &parsed, &about, &secrets).await
        };
        if let Err(error) = Box::pin(work).await {
            app.abandon_reveal(visit.organization, &parsed).await?;
            return Err(error);
        }
    }
    Ok(Redirect::to(path(visit, slip)).response())
}

/// Reads what was kept about a reveal. Words of an older version say nothing.
pub(super) fn about(text: &str) -> Result<About, Problem> {
    serde_json::from_str(text).map_err(|error| Problem::internal().because(error))
}
