//! `/o/{org}/audit/saved`: the queries that people keep.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpResponse, post};
use app::evidence::{Query, SavedQuery};
use app::{App, Reading};
use decision::{Action, On};
use serde::Deserialize;
use uuid::Uuid;

use super::facets::address;
use crate::Problem;
use crate::pages::{Flash, Redirect, Shell, Tone};
use crate::session::{Form, NoFields, Visit};

/// The queries that somebody sees, ready to be shown.
pub(super) struct Saved {
    /// Their own.
    pub(super) own: Vec<One>,
    /// The organization's.
    pub(super) shared: Vec<One>,
    /// Whether they may keep one for everybody.
    pub(super) may_share: bool,
    /// The query of this list, where it asks for something.
    pub(super) line: String,
}

/// A query.
pub(super) struct One {
    /// Its id.
    pub(super) id: String,
    /// What it is called.
    pub(super) name: String,
    /// As it was written.
    pub(super) line: String,
    /// The list.
    pub(super) href: String,
    /// Whether it is this list.
    pub(super) is_here: bool,
}

impl Saved {
    /// The queries beside a list.
    pub(super) fn of(shell: &Shell, reading: &Reading, saved: &[SavedQuery], line: &str) -> Self {
        let asked = Query::parse(line).unwrap_or_default();
        let one = |query: &SavedQuery| One {
            id: query.id.to_string(),
            name: query.name.clone(),
            line: query.line.clone(),
            href: address(shell, &Query::parse(&query.line).unwrap_or_default()),
            is_here: query.line == asked.to_string(),
        };
        let of = |is_shared: bool| {
            saved.iter().filter(|query| query.is_shared == is_shared).map(one).collect::<Vec<_>>()
        };
        Self {
            own: of(false),
            shared: of(true),
            may_share: reading.may(Action::SavedQueryShare, On::Organization),
            line: asked.to_string(),
        }
    }

    /// Whether this list is one of them.
    pub(super) fn is_here(&self) -> bool {
        self.own.iter().chain(&self.shared).any(|one| one.is_here)
    }

    /// Whether there is nothing to be chosen.
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.shared.is_empty()
    }
}

/// A query to keep.
#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    q: String,
    #[serde(default)]
    name: String,
    /// `yes`: for everybody.
    #[serde(default)]
    shared: String,
}

/// Keeps a query.
#[post("/o/{org}/audit/saved")]
pub(super) async fn save(app: Data<App>, visit: Visit, form: Form<Fields>) -> Result<HttpResponse, Error> {
    let Form(Fields { q, name, shared }) = form;
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let asked = Query::parse(&q).unwrap_or_default();
    let list = format!("/o/{}/audit{}", visit.slug, crate::pages::query::query(&[("q", &asked.to_string())]));
    let saved = app.save_query(&reading, visit.organization, &name, &q, shared == "yes").await;
    match saved {
        Ok(saved) => {
            Ok(Redirect::to(list).saying(format!("The query \"{}\" is kept.", saved.name)).response())
        }
        Err(app::Error::Invalid(wrong)) => {
            let wrong: Vec<String> =
                wrong.into_iter().map(|wrong| format!("{}: {}", said(&wrong.field), wrong.reason)).collect();
            Ok(refused(list, format!("The query was not kept. {}.", wrong.join("; "))))
        }
        Err(app::Error::Conflict { detail, .. }) => {
            Ok(refused(list, format!("The query was not kept: {detail}.")))
        }
        Err(error) => Err(Problem::from(error).into()),
    }
}

fn refused(list: String, text: String) -> HttpResponse {
    Redirect::to(list).flashing(Flash { tone: Tone::Failed, text }).response()
}

fn said(field: &str) -> &'static str {
    if field == "name" { "Its name" } else { "The query" }
}

/// The path of one saved query.
#[derive(Debug, Deserialize)]
pub(super) struct SavedPath {
    saved: Uuid,
}

/// Lets go of a query.
#[post("/o/{org}/audit/saved/{saved}/remove")]
pub(super) async fn remove(
    app: Data<App>,
    visit: Visit,
    path: Path<SavedPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let removed =
        app.remove_saved_query(&reading, visit.organization, path.saved).await.map_err(Problem::from)?;
    let removed = removed.ok_or_else(Problem::not_found)?;
    let list = format!("/o/{}/audit", visit.slug);
    Ok(Redirect::to(list).saying(format!("The query \"{}\" is no longer kept.", removed.name)).response())
}
