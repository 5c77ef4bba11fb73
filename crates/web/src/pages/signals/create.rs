//! Believing a transmitter: it sends, or it is asked.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use app::signals::streams::{NewDelivery, NewStream};
use decision::{Action, On};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::home;
use crate::Problem;
use crate::pages::again::{take, wrong};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::keys::reveal::{About, Secret, once, slip};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Fresh, Visit};

const FIELDS: &[&str] = &["name", "issuer", "audience", "jwks_url", "delivery", "poll_url", "poll_token"];
const NOTE: &str = "Enter it at the transmitter beside the address that the page of the stream shows. It is sent as a \
                    bearer token; a signal without it is refused.";

/// What is typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    issuer: String,
    audience: String,
    jwks_url: String,
    delivery: String,
    poll_url: String,
    poll_token: String,
    slip: String,
}

/// The form.
#[get("/o/{org}/settings/signals/new")]
pub(super) async fn open(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::SignalStreamCreate, On::Organization)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let typed = Typed { delivery: "push".to_owned(), slip: slip(&app), ..Typed::default() };
    FormPage::page(shell, form(&visit, &typed))
}

/// Believes it. Where it sends, the token for it is shown once.
#[post("/o/{org}/settings/signals/new")]
pub(super) async fn create(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    form: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(typed)) = (visit, form);
    let errors = match typed.read() {
        Err(errors) => errors,
        Ok(new) => match set_up(&app, &visit, &typed.slip, new).await {
            Ok(response) => return Ok(response),
            Err(error) => wrong(error, FIELDS)?,
        },
    };
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    FormPage::again(shell, self::form(&visit, &typed), errors)
}

async fn set_up(app: &App, visit: &Visit, slip: &str, new: NewStream) -> Result<HttpResponse, app::Error> {
    let back = home(&visit.slug);
    if matches!(new.delivery, NewDelivery::Poll { .. }) {
        let made = app.create_signal_stream(visit.request(), new).await?.value;
        let said = format!("{} is asked for its signals from now on.", made.stream.name);
        return Ok(Redirect::to(back).saying(said).response());
    }
    let make = Box::pin(async {
        let made = app.create_signal_stream(visit.request(), new).await?.value;
        let token = made.token.map(|token| token.to_string()).unwrap_or_default();
        let secret = Secret { label: "what the transmitter shows".to_owned(), id: String::new(), token };
        let about = About { holder: made.stream.name.to_string(), back, note: NOTE.to_owned() };
        Ok((about, vec![secret]))
    });
    once(app, visit, slip, make).await
}

impl Typed {
    fn read(&self) -> Result<NewStream, Errors> {
        let mut errors = Errors::none();
        let name = take(&mut errors, "name", &self.name);
        let text = |text: &str| text.trim().to_owned();
        let delivery = match self.delivery.as_str() {
            "push" => Some(NewDelivery::Push),
            "poll" => Some(NewDelivery::Poll {
                url: text(&self.poll_url),
                token: Zeroizing::new(text(&self.poll_token)),
            }),
            _ => {
                errors.add("delivery", "Choose whether it sends or is asked.");
                None
            }
        };
        let (Some(name), Some(delivery)) = (name, delivery) else { return Err(errors) };
        Ok(NewStream {
            name,
            issuer: text(&self.issuer),
            audience: text(&self.audience),
            jwks_url: text(&self.jwks_url),
            delivery,
        })
    }
}

fn form(visit: &Visit, typed: &Typed) -> FormView {
    let home = home(&visit.slug);
    let ways = [
        Choice::new("push", "It sends them here").hint("Each as it happens. The token for it is shown once, on the next page."),
        Choice::new("poll", "It is asked for them")
            .hint("Every ten seconds, at the address and with the token that it gave you; fill in the last two fields."),
    ];
    let field = |kind, field: FieldView| (kind, field);
    FormView {
        crumbs: vec![(home.clone(), "Signals".to_owned())],
        title: "Believe a transmitter".to_owned(),
        lede: "What it signs about people of your directory is done at once: their sessions end, or they are deactivated."
            .to_owned(),
        fields: vec![
            field(Kind::Text, FieldView::new("name", "Name").hint("What people see, like Okta.").value(&typed.name)),
            field(
                Kind::Text,
                FieldView::new("issuer", "Issuer").hint("Exactly as its signals say it.").value(&typed.issuer),
            ),
            field(
                Kind::Text,
                FieldView::new("audience", "Audience")
                    .hint("What its signals are addressed to: you agree on it with the transmitter.")
                    .value(&typed.audience),
            ),
            field(
                Kind::Url,
                FieldView::new("jwks_url", "Address of its keys")
                    .hint("The jwks_uri of its configuration.")
                    .value(&typed.jwks_url),
            ),
            field(
                Kind::Radio,
                FieldView::new("delivery", "How its signals come").choices(ways).value(&typed.delivery),
            ),
            field(Kind::Url, FieldView::new("poll_url", "Where it is asked").value(&typed.poll_url).optional()),
            field(
                Kind::Password,
                FieldView::new("poll_token", "Token for asking it")
                    .hint("It is sealed under a key of your organization, and never shown again.")
                    .autocomplete("new-password")
                    .optional(),
            ),
        ],
        hidden: vec![("slip".to_owned(), typed.slip.clone())],
        button: "Believe the transmitter".to_owned(),
        consequence: "It reaches only people whom the directory brought.".to_owned(),
        action: format!("{home}/new"),
        back: home,
    }
}
