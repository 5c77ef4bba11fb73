use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use decision::{Action, On};
use model::ConnectionId;
use serde::Deserialize;

use super::{ConnectionPath, page_of, seen};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{FieldView, Redirect, Section, Shell};
use crate::session::{Form, Fresh, Visit};

/// What is typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    client_secret: String,
}

/// Asks for the secret of the client.
#[get("/o/{org}/settings/sign-in/connections/{connection}/secret")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let reading = app.read(visit.caller, visit.organization).await?;
    let connection = seen(&reading, path.connection)?;
    reading.require(Action::ConnectionUpdate, On::Connection(connection.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    FormPage::page(shell, form(&visit, connection.id))
}

/// Seals it, and takes it into use or proposes it.
#[post("/o/{org}/settings/sign-in/connections/{connection}/secret")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<ConnectionPath>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(sent)) = (visit, sent);
    match app.set_client_secret(visit.request(), path.connection, sent.client_secret.trim()).await {
        Ok(changed) => {
            let text = if changed.value.waits {
                "The new secret waits for another owner or admin."
            } else {
                "The secret is sealed and in use. It is never shown again."
            };
            Ok(Redirect::to(page_of(&visit.slug, path.connection)).saying(text).into())
        }
        Err(error) => {
            let reading = app.read(visit.caller, visit.organization).await?;
            let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
            match again(error, &["client_secret"], "client_secret")? {
                Again::Wrong(errors) => FormPage::again(shell, form(&visit, path.connection), errors),
                Again::Stale(_) => FormPage::page(shell, form(&visit, path.connection)),
            }
        }
    }
}

fn form(visit: &Visit, id: ConnectionId) -> FormView {
    let there = page_of(&visit.slug, id);
    FormView {
        crumbs: vec![(there.clone(), "The connection".to_owned())],
        title: "Enter the client secret".to_owned(),
        lede: "It is sealed under a key of your organization, and never shown again.".to_owned(),
        fields: vec![(
            Kind::Password,
            FieldView::new("client_secret", "Client secret").autocomplete("new-password"),
        )],
        button: "Seal the secret".to_owned(),
        action: format!("{there}/secret"),
        back: there,
        ..FormView::default()
    }
}
