//! No longer believing a transmitter.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading};
use decision::{Action, On};
use model::{SignalStream, SignalStreamId};

use super::home;
use crate::Problem;
use crate::pages::{Confirm, Consequence, Redirect, Section, Shell};
use crate::session::{Form, Fresh, NoFields, Visit};

/// Says what follows.
#[get("/o/{org}/settings/signals/{stream}/remove")]
pub(super) async fn ask(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<(String, SignalStreamId)>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::SignalStreamRemove, On::Organization)?;
    let consequence = consequence(&visit, seen(&reading, path.1)?);
    Confirm::page(Shell::of(&request, &visit, &reading.facts, Section::Settings), consequence)
}

/// Does it.
#[post("/o/{org}/settings/signals/{stream}/remove")]
pub(super) async fn remove(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<(String, SignalStreamId)>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let removed = app.remove_signal_stream(visit.request(), path.1).await?.value;
    let said = format!("{} is no longer believed.", removed.name);
    Ok(Redirect::to(home(&visit.slug)).saying(said).into())
}

fn seen(reading: &Reading, id: SignalStreamId) -> Result<&SignalStream, Problem> {
    reading.facts.signal_stream(id).map(AsRef::as_ref).ok_or_else(Problem::not_found)
}

fn consequence(visit: &Visit, stream: &SignalStream) -> Consequence {
    let home = home(&visit.slug);
    Consequence {
        title: format!("Stop believing {}?", stream.name),
        sentence:
            "From then on nothing that it says ends a session or deactivates anybody. Its token is forgotten."
                .to_owned(),
        button: "Stop believing it".to_owned(),
        action: format!("{home}/{}/remove", stream.id),
        back: home,
        is_final: true,
        ..Consequence::default()
    }
}
