use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Errors, FieldView, Shell, filters, page_with};
use crate::Problem;

/// What follows from an act that takes something away: shown before it is done.
#[derive(Debug, Clone, Default)]
pub struct Consequence {
    /// `Revoke the key deploy-bot?`
    pub title: String,
    /// What happens, in one or two sentences.
    pub sentence: String,
    /// What it touches: how many, and of what.
    pub counts: Vec<(usize, String)>,
    /// What the button says: a verb and what it is done to.
    pub button: String,
    /// Where the form is sent.
    pub action: String,
    /// Where "no" leads.
    pub back: String,
    /// Further fields that travel along: name and value.
    pub hidden: Vec<(String, String)>,
    /// Fields to fill in: a reason, a choice.
    pub fields: Vec<FieldView>,
    /// A name that has to be typed, for what takes so much away that it is red even where it can be undone.
    pub type_name: Option<String>,
    /// Whether it cannot be undone.
    pub is_final: bool,
}

/// The page that asks.
#[derive(Template)]
#[template(path = "confirm.html")]
pub struct Confirm {
    shell: Shell,
    consequence: Consequence,
    errors: Errors,
    typed: FieldView,
}

impl Confirm {
    /// Asks.
    pub fn page(shell: Shell, consequence: Consequence) -> Result<HttpResponse, Problem> {
        Self::answer(StatusCode::OK, shell, consequence, Errors::none())
    }

    /// Asks again, with what was wrong.
    pub fn again(shell: Shell, consequence: Consequence, errors: Errors) -> Result<HttpResponse, Problem> {
        Self::answer(StatusCode::UNPROCESSABLE_ENTITY, shell, consequence, errors)
    }

    /// Asks again, because what it is about was changed after it was shown: 409, with the version that is there now.
    pub fn late(shell: Shell, consequence: Consequence) -> Result<HttpResponse, Problem> {
        let changed = "It was changed after you opened this page. Look at it as it is now, and decide again.";
        Self::answer(StatusCode::CONFLICT, shell, consequence, Errors::none().with("", changed))
    }

    fn answer(
        status: StatusCode,
        shell: Shell,
        consequence: Consequence,
        errors: Errors,
    ) -> Result<HttpResponse, Problem> {
        let name = consequence.type_name.as_deref().unwrap_or_default();
        let typed = FieldView::new("confirm", format!("Type {name} to confirm")).wrong(&errors);
        page_with(status, &Self { shell, consequence, errors, typed })
    }
}
