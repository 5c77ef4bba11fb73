//! `/o/{org}/keys/{key}/end` and `…/extend`: the grace of a key that is retiring.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpResponse, post};
use app::{App, keys as use_cases};
use chrono::TimeDelta;
use model::KeyState;
use serde::Deserialize;

use super::{KeyPath, find};
use crate::Problem;
use crate::pages::{Flash, Redirect, Tone};
use crate::session::{Form, Fresh, NoFields, Visit};

/// How much longer, in seconds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Longer {
    by: String,
}

/// Ends the grace now.
#[post("/o/{org}/keys/{key}/end")]
pub(super) async fn end(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Error> {
    let Fresh(visit) = visit;
    let (reading, key) = find(&app, &visit, path.key).await?;
    if !key.counts_at(reading.now) {
        let text = "It has ended already.".to_owned();
        return Ok(back(&visit, &key, Flash { tone: Tone::Mind, text }));
    }
    let wanted = use_cases::Adjust { grace_expires_at: Some(reading.now), ..use_cases::Adjust::default() };
    match app.change(visit.request(), |planning| use_cases::adjust(planning, key.id, wanted)).await {
        Ok(changed) => {
            let text =
                format!("Ended. The old key is refused everywhere after {} ms.", changed.receipt.took_ms);
            Ok(back(&visit, &key, Flash { tone: Tone::Done, text }))
        }
        Err(error) => refused(&visit, &key, error),
    }
}

/// Lets it last longer.
#[post("/o/{org}/keys/{key}/extend")]
pub(super) async fn extend(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
    form: Form<Longer>,
) -> Result<HttpResponse, Error> {
    let Fresh(visit) = visit;
    let (reading, key) = find(&app, &visit, path.key).await?;
    let by = form.0.by.parse().ok().and_then(TimeDelta::try_seconds).unwrap_or(TimeDelta::hours(1));
    let ends = match key.state {
        KeyState::Retiring { grace_expires_at, .. } => grace_expires_at.max(reading.now),
        KeyState::Live | KeyState::Revoked(_) => reading.now,
    };
    let until = ends.checked_add_signed(by).map(model::to_micros);
    let wanted = use_cases::Adjust { grace_expires_at: until, ..use_cases::Adjust::default() };
    match app.change(visit.request(), |planning| use_cases::adjust(planning, key.id, wanted)).await {
        Ok(_) => {
            let text = "Extended. Both keys count until then.".to_owned();
            Ok(back(&visit, &key, Flash { tone: Tone::Done, text }))
        }
        Err(error) => refused(&visit, &key, error),
    }
}

fn back(visit: &Visit, key: &model::Key, flash: Flash) -> HttpResponse {
    Redirect::to(format!("/o/{}/keys/{}", visit.slug, key.id)).flashing(flash).response()
}

fn refused(visit: &Visit, key: &model::Key, error: app::Error) -> Result<HttpResponse, Error> {
    match error {
        app::Error::Conflict { detail, .. } => Ok(back(
            visit,
            key,
            Flash { tone: Tone::Failed, text: format!("Nothing was changed: {detail}.") },
        )),
        other => Err(Problem::from(other).into()),
    }
}
