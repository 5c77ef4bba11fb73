//! A form that was filled in on an older version: both versions, side by side, and a choice.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Shell, filters, page_with};
use crate::Problem;

/// What somebody typed, and what somebody else saved meanwhile.
pub(crate) struct Stale {
    /// What it is about.
    pub(crate) title: String,
    /// Where the form is sent again.
    pub(crate) action: String,
    /// Where it is left as it is now.
    pub(crate) back: String,
    /// The version that is there now: what is sent again is sent on this one.
    pub(crate) version: String,
    /// The fields.
    pub(crate) fields: Vec<Field>,
}

/// A field in both versions.
pub(crate) struct Field {
    /// Its name on the wire.
    pub(crate) name: &'static str,
    /// What it is called.
    pub(crate) label: &'static str,
    /// What there is now, line by line.
    pub(crate) now: Vec<String>,
    /// What was typed, as it is read.
    pub(crate) typed: Vec<String>,
    /// What was typed, as it is sent.
    pub(crate) values: Vec<String>,
}

impl Field {
    /// A field with one value.
    pub(crate) fn one(name: &'static str, label: &'static str, now: &str, typed: &str) -> Self {
        let (now, typed) = (vec![now.to_owned()], vec![typed.to_owned()]);
        Self { name, label, now, values: typed.clone(), typed }
    }

    /// Whether both versions say the same.
    fn is_same(&self) -> bool {
        self.now == self.typed
    }
}

#[derive(Template)]
#[template(path = "stale.html")]
struct Page {
    shell: Shell,
    stale: Stale,
}

impl Stale {
    /// The page that shows both.
    pub(crate) fn page(self, shell: Shell) -> Result<HttpResponse, Problem> {
        page_with(StatusCode::CONFLICT, &Page { shell, stale: self })
    }
}
