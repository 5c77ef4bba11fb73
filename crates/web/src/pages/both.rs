use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Shell, filters, page_with};
use crate::Problem;

/// The page for an edit that came too late: what it would make of the thing, what somebody else made of it meanwhile,
/// and a way to have either. Nothing that was typed is lost.
#[derive(Template)]
#[template(path = "both.html")]
pub struct Both {
    /// The page around it.
    pub shell: Shell,
    /// What was edited, by name.
    pub name: String,
    /// Where the form is sent again.
    pub action: String,
    /// Its fields, with the version that is there now.
    pub fields: Vec<(String, String)>,
    /// The field in words, what was typed, what is there.
    pub rows: Vec<Row>,
    /// Where to go without sending it.
    pub back: String,
}

/// A field in both versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The field, in words.
    pub label: &'static str,
    /// What was typed, line by line.
    pub yours: Vec<String>,
    /// What is there, line by line.
    pub theirs: Vec<String>,
}

impl Row {
    /// A field in both versions, in words.
    pub fn of(label: &'static str, yours: impl Into<String>, theirs: impl Into<String>) -> Self {
        Self::lines(label, [yours.into()], [theirs.into()])
    }

    /// A field with several values in both versions, in words.
    pub fn lines(
        label: &'static str,
        yours: impl IntoIterator<Item = String>,
        theirs: impl IntoIterator<Item = String>,
    ) -> Self {
        let said = |lines: &mut dyn Iterator<Item = String>| lines.filter(|line| !line.is_empty()).collect();
        Self { label, yours: said(&mut yours.into_iter()), theirs: said(&mut theirs.into_iter()) }
    }

    /// Whether the two differ.
    pub fn differs(&self) -> bool {
        self.yours != self.theirs
    }
}

impl Both {
    /// The page.
    pub fn response(&self) -> Result<HttpResponse, Problem> {
        page_with(StatusCode::CONFLICT, self)
    }
}
