//! `/o/{org}/keys/rotate`: many keys at once, by a filter, with a reason.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Reading, keys as use_cases};
use chrono::{NaiveDate, NaiveTime};
use decision::{Action, On};
use model::{Holder, Key, KeyKind, KeyState, Timestamp, UserId};
use serde::Deserialize;

use super::grace::{choices, how, said};
use super::reveal::{About, Secret, once, slip};
use super::row::holder as called;
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::agents::look::person;
use crate::pages::{Choice, Confirm, Consequence, Errors, FieldView, Section, Shell};
use crate::session::{Form, Fresh, Visit};

/// Which ones, how and why.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    owner: String,
    before: String,
    grace: String,
    reason: String,
    slip: String,
}

/// Asks which, how and why.
#[get("/o/{org}/keys/rotate")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    typed: Query<Typed>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.0.caller, visit.0.organization).await.map_err(Problem::from)?;
    if let Some(reason) = reading.why_not(Action::KeyRotateMany, On::Organization) {
        return Err(Problem::denied(reason).into());
    }
    let shell = Shell::of(&request, &visit.0, &reading.facts, Section::Settings);
    let typed = Typed { slip: slip(&app), ..typed.into_inner() };
    let consequence = consequence(&shell, &reading, &typed, &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Replaces them in one transaction, and shows the new ones once.
#[post("/o/{org}/keys/rotate")]
pub(super) async fn rotate(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let visit = visit.0;
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let typed = form.0;
    let created_before = match typed.created_before() {
        Ok(before) => before,
        Err(errors) => {
            let consequence = consequence(&shell, &reading, &typed, &errors);
            return Ok(Confirm::again(shell, consequence, errors)?);
        }
    };
    let many = use_cases::Many {
        kind: typed.kind(),
        owner: typed.owner.parse().ok(),
        created_before,
        // The form says how many keys there are of all kinds, and asks.
        all: true,
        grace: how(&typed.grace).grace,
        reason: typed.reason.clone(),
    };
    let make = Box::pin(async {
        let changed =
            app.change(visit.request(), |planning| use_cases::rotate_many(planning, &many)).await?.value;
        let label = |key: &Key| format!("{} · {}", called(&reading.facts, key.holder).0, key.name);
        let secrets: Vec<Secret> = changed
            .rotated
            .iter()
            .map(|rotated| Secret::of(label(&rotated.minted.key), &rotated.minted.token))
            .collect();
        if secrets.is_empty() {
            let detail =
                "no key was replaced: none matches, or each of them has a successor already".to_owned();
            return Err(app::Error::Conflict { code: "state", detail });
        }
        let not = changed.not_rotated.len();
        let also = if not == 0 { String::new() } else { format!(" {not} could not be replaced.") };
        let about = About {
            holder: format!("{} holders", secrets.len()),
            back: shell.path("/keys?state=retiring"),
            note: format!("{}{also}", said(&typed.grace, "The old keys")),
        };
        Ok((about, secrets))
    });
    match once(&app, &visit, &typed.slip, make).await {
        Ok(response) => Ok(response),
        Err(error) => {
            let errors = wrong(error, &["reason", "grace", "kind", "owner"])?;
            let consequence = consequence(&shell, &reading, &typed, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

impl Typed {
    fn kind(&self) -> Option<KeyKind> {
        match self.kind.as_str() {
            "agent" => Some(KeyKind::Agent),
            "robot" => Some(KeyKind::Robot),
            "gateway" => Some(KeyKind::Gateway),
            _ => None,
        }
    }

    fn created_before(&self) -> Result<Option<Timestamp>, Errors> {
        if self.before.trim().is_empty() {
            return Ok(None);
        }
        let day: NaiveDate =
            self.before.trim().parse().map_err(|_| {
                Errors::none().with("before", "Write a day as 2026-11-26, or leave it empty.")
            })?;
        Ok(Some(day.and_time(NaiveTime::MIN).and_utc()))
    }
}

fn consequence(shell: &Shell, reading: &Reading, typed: &Typed, errors: &Errors) -> Consequence {
    let live = reading
        .facts
        .list_keys(None)
        .filter(|key| !matches!(key.holder, Holder::User(_)))
        .filter(|key| matches!(key.state, KeyState::Live) && key.counts_at(reading.now))
        .count();
    let kinds = [("", "All kinds"), ("agent", "Agents"), ("robot", "Robots"), ("gateway", "Gateways")];
    let grace = if typed.grace.is_empty() { "86400" } else { &typed.grace };
    // One reason stands for all of them, and none of them is known to be with strangers.
    let graces = choices().into_iter().filter(|choice| choice.value != super::grace::LEAKED);
    Consequence {
        title: "Rotate many keys?".to_owned(),
        sentence: "Each key that matches gets a successor in one transaction, and you see all of them once. Both count until the old ones end.".to_owned(),
        counts: vec![(live, "live keys here, before any filter".to_owned())],
        button: "Rotate them".to_owned(),
        action: shell.path("/keys/rotate"),
        back: shell.path("/keys"),
        hidden: vec![("slip".to_owned(), typed.slip.clone())],
        fields: vec![
            FieldView::new("kind", "Whose keys")
                .choices(kinds.map(|(value, label)| Choice::new(value, label)))
                .value(&typed.kind)
                .wrong(errors),
            owners(reading, typed).wrong(errors),
            FieldView::new("before", "Made before")
                .hint("A day, as 2026-11-26. Leave it empty for all.")
                .optional()
                .value(&typed.before)
                .wrong(errors),
            FieldView::new("grace", "When do the old keys end?").choices(graces).value(grace).wrong(errors),
            FieldView::new("reason", "Reason")
                .hint("Needed: it stands in the evidence of every key.")
                .value(&typed.reason)
                .wrong(errors),
        ],
        ..Consequence::default()
    }
}

fn owners(reading: &Reading, typed: &Typed) -> FieldView {
    let ids: std::collections::BTreeSet<UserId> =
        reading.facts.list_agents(None).map(|agent| agent.owner).collect();
    let mut people: Vec<(String, UserId)> =
        ids.into_iter().map(|id| (person(&reading.facts, id), id)).collect();
    people.sort();
    let people = people.into_iter().map(|(name, id)| Choice::new(id.to_string(), name));
    FieldView::new("owner", "Only agents of")
        .choices(std::iter::once(Choice::new("", "Anybody")).chain(people))
        .value(&typed.owner)
}
