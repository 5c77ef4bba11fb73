use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, gateways, version_of};
use decision::{Action, On};
use model::{Gateway, Name};
use serde::Deserialize;

use super::{GatewayPath, seen};
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// What is believed of a gateway.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    /// Any of `subjects` and `unseen`.
    believes: Vec<String>,
    version: String,
}

impl Typed {
    fn of(gateway: &Gateway) -> Self {
        let believes = [("subjects", gateway.may_assert_subjects), ("unseen", gateway.allows_unseen_tools)];
        Self {
            name: gateway.name.to_string(),
            believes: believes.iter().filter(|(_, on)| *on).map(|(word, _)| (*word).to_owned()).collect(),
            version: version_of(&gateway.clone().into()),
        }
    }

    fn believes(&self, word: &str) -> bool {
        self.believes.iter().any(|each| each == word)
    }
}

/// The form.
#[get("/o/{org}/gateways/{gateway}/edit")]
pub(super) async fn open(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<GatewayPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    if let Some(reason) = reading.why_not(Action::GatewayUpdate, On::Gateway(gateway.id)) {
        return Err(Problem::denied(reason));
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let form = form(&shell, gateway, &Typed::of(gateway));
    FormPage::page(shell, form)
}

/// Saves it.
#[post("/o/{org}/gateways/{gateway}/edit")]
pub(super) async fn save(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<GatewayPath>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let typed = sent.0;
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let there = shell.path(&format!("/gateways/{}", gateway.id));
    let name = match typed.name.parse::<Name>() {
        Ok(name) => name,
        Err(wrong) => {
            let errors = Errors::none().with("name", format!("Say what it is called: {wrong}."));
            let form = form(&shell, gateway, &typed);
            return FormPage::again(shell, form, errors);
        }
    };
    let wanted = gateways::GatewayPatch {
        name: Some(name),
        may_assert_subjects: Some(typed.believes("subjects")),
        allows_unseen_tools: Some(typed.believes("unseen")),
    };
    let id = gateway.id;
    let Err(error) = app.change(versioned(&visit, &typed.version), |p| gateways::update(p, id, wanted)).await
    else {
        return Ok(Redirect::to(there).saying("The gateway is changed.").into());
    };
    match again(error, &["name"], "")? {
        Again::Wrong(errors) => {
            let form = form(&shell, gateway, &typed);
            FormPage::again(shell, form, errors)
        }
        Again::Stale(_) => {
            let now = app.read(visit.caller, visit.organization).await?;
            let theirs = Typed::of(seen(&now, &path)?);
            both(shell, &there, &typed, &theirs).response()
        }
    }
}

fn both(shell: Shell, there: &str, typed: &Typed, theirs: &Typed) -> Both {
    let words = |form: &Typed| form.believes.iter().map(|word| said(word)).collect::<Vec<_>>().join(". ");
    let mut fields =
        vec![("name".to_owned(), typed.name.clone()), ("version".to_owned(), theirs.version.clone())];
    fields.extend(typed.believes.iter().map(|word| ("believes".to_owned(), word.clone())));
    Both {
        shell,
        name: theirs.name.clone(),
        action: format!("{there}/edit"),
        fields,
        rows: vec![
            Row::of("Name", &typed.name, &theirs.name),
            Row::of("What is believed of it", words(typed), words(theirs)),
        ],
        back: there.to_owned(),
    }
}

fn said(word: &str) -> &'static str {
    match word {
        "subjects" => "It may say who acts",
        _ => "Calls whose tool it does not show are decided for the server as a whole",
    }
}

fn form(shell: &Shell, gateway: &Gateway, typed: &Typed) -> FormView {
    let gateways = shell.path("/gateways");
    let there = format!("{gateways}/{}", gateway.id);
    let choice = |word: &str, hint: &str| {
        let choice = Choice::new(word, said(word)).hint(hint);
        Choice { is_chosen: typed.believes(word), ..choice }
    };
    let believes = vec![
        choice(
            "subjects",
            "For AuthZEN: the subject that it names counts without a credential. Only for a gateway that has proven it.",
        ),
        choice(
            "unseen",
            "For nginx and Caddy before agents of the older protocol: allowed to who may call every tool of the server.",
        ),
    ];
    FormView {
        crumbs: vec![(gateways, "Gateways".to_owned()), (there.clone(), gateway.name.to_string())],
        title: format!("Change {}", gateway.name),
        fields: vec![
            (Kind::Text, FieldView::new("name", "Name").value(&typed.name)),
            (Kind::Checkbox, FieldView::new("believes", "What is believed of it").choices(believes)),
        ],
        hidden: vec![("version".to_owned(), typed.version.clone())],
        button: "Save the gateway".to_owned(),
        consequence: "It counts from its next question on.".to_owned(),
        action: format!("{there}/edit"),
        back: there,
        ..FormView::default()
    }
}
