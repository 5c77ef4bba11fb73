use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::connections::{self, CheckedTerms, NewConnection};
use app::{App, Error};
use decision::{Action, On};
use model::{Client, ConnectionKind, Mapping, Terms};
use serde::Deserialize;

use super::{authentication, home, page_of};
use crate::Problem;
use crate::pages::again::{Again, again, take};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Fresh, Visit};

const FIELDS: &[&str] = &["name", "issuer", "client_id", "client_authentication", "just_in_time"];

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    issuer: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_authentication: String,
    #[serde(default)]
    just_in_time: Option<String>,
}

impl Typed {
    /// What is known already.
    pub(super) fn known(issuer: &str, client: &str) -> Self {
        Self { issuer: issuer.to_owned(), client_id: client.to_owned(), ..Self::default() }
    }

    /// The issuer.
    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The client's id.
    pub(super) fn client(&self) -> &str {
        &self.client_id
    }

    /// How the secret is sent.
    pub(super) fn way(&self) -> &str {
        if self.client_authentication.is_empty() { "basic" } else { &self.client_authentication }
    }
}

/// Asks what the provider is.
#[get("/o/{org}/settings/sign-in/connections/new")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::ConnectionCreate, On::Organization)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    FormPage::page(shell, form(&visit, &Typed::default()))
}

/// Sets the connection up, as a draft.
#[post("/o/{org}/settings/sign-in/connections/new")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(sent)) = (visit, sent);
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let mut errors = Errors::none();
    let Some(name) = take(&mut errors, "name", &sent.name) else {
        return FormPage::again(shell, form(&visit, &sent), errors);
    };
    let created = match CheckedTerms::checked(&app.egress, terms(&sent)) {
        Ok(terms) => {
            let new = NewConnection { name, terms };
            app.change(visit.request(), |planning| connections::create(planning, new)).await
        }
        Err(error) => Err(error),
    };
    match created {
        Ok(changed) => {
            let there = page_of(&visit.slug, changed.value.id);
            let text = "The connection is set up as a draft. Give the provider its addresses, then test it.";
            Ok(Redirect::to(there).saying(text).into())
        }
        Err(error) => refused(shell, &visit, &sent, error),
    }
}

fn refused(shell: Shell, visit: &Visit, sent: &Typed, error: Error) -> Result<HttpResponse, Problem> {
    match again(error, FIELDS, "issuer")? {
        Again::Wrong(errors) => FormPage::again(shell, form(visit, sent), errors),
        Again::Stale(_) => FormPage::page(shell, form(visit, sent)),
    }
}

pub(super) fn terms(sent: &Typed) -> Terms {
    let authentication = authentication::read(&sent.client_authentication);
    Terms {
        kind: ConnectionKind::Oidc,
        issuer: sent.issuer.trim().to_owned(),
        client: Client { id: sent.client_id.trim().to_owned(), authentication, secret: None },
        scopes: ["openid", "email", "profile"].map(str::to_owned).to_vec(),
        mapping: Mapping { just_in_time: sent.just_in_time.is_some(), ..Mapping::default() },
    }
}

fn form(visit: &Visit, typed: &Typed) -> FormView {
    let home = home(&visit.slug);
    let chosen = typed.way();
    let ways = [
        Choice::new("basic", "In the header").hint("What Okta and most others expect."),
        Choice::new("post", "In the body").hint("What Entra and Google expect."),
        Choice::new("private_key_jwt", "A key of ours instead").hint(
            "The provider reads its public half at an address of ours, and there is no secret to keep.",
        ),
        Choice::new("none", "Not at all").hint("A public client: it has no secret."),
    ];
    let mut newcomers = FieldView::new("just_in_time", "People nobody has invited").choices([Choice::new(
        "on",
        "Take them in as guests",
    )
    .hint("Only with a verified address of a domain that you have proven. Guests see nothing before they are let in somewhere.")]);
    for choice in &mut newcomers.choices {
        choice.is_chosen = typed.just_in_time.is_some();
    }
    FormView {
        crumbs: vec![(home.clone(), "Sign-in".to_owned())],
        title: "Connect an identity provider".to_owned(),
        lede: "People sign in at your provider and come back. Nobody does so before a test has passed.".to_owned(),
        fields: vec![
            (Kind::Text, FieldView::new("name", "Name").hint("What people see, like Okta.").value(&typed.name)),
            (
                Kind::Url,
                FieldView::new("issuer", "Issuer")
                    .hint("Exactly as the provider writes it, like https://northwind.okta.com. For Entra, with your own tenant in it.")
                    .value(&typed.issuer),
            ),
            (Kind::Text, FieldView::new("client_id", "Client id").value(&typed.client_id)),
            (
                Kind::Radio,
                FieldView::new("client_authentication", "How the secret is sent").choices(ways).value(chosen),
            ),
            (Kind::Checkbox, newcomers),
        ],
        button: "Set the connection up".to_owned(),
        consequence: "The secret is entered, or the key made, on the next page.".to_owned(),
        action: format!("{home}/connections/new"),
        back: home,
        ..FormView::default()
    }
}
