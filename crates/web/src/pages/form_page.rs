use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Errors, FieldView, Shell, filters, page_with};
use crate::Problem;

/// A page that is a form: one column, one button, and what follows from pressing it.
#[derive(Template)]
#[template(path = "form.html")]
pub struct FormPage {
    shell: Shell,
    form: FormView,
    errors: Errors,
}

/// What is on it.
#[derive(Debug, Clone, Default)]
pub struct FormView {
    /// The pages above it: address and name.
    pub crumbs: Vec<(String, String)>,
    /// `Add a person`.
    pub title: String,
    /// A sentence under the title. May be empty.
    pub lede: String,
    /// Its fields.
    pub fields: Vec<(Kind, FieldView)>,
    /// Fields that travel along: name and value.
    pub hidden: Vec<(String, String)>,
    /// What the button says: a verb and what it is done to.
    pub button: String,
    /// What follows from pressing it. May be empty.
    pub consequence: String,
    /// Where the form is sent.
    pub action: String,
    /// Where it leads without being sent.
    pub back: String,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Text,
    /// An e-mail address.
    Email,
    /// An address on the web.
    Url,
    /// A secret, which is not shown while it is typed.
    Password,
    /// Several lines.
    Lines,
    /// One of a list.
    Select,
    /// One of a few, each with what follows from it.
    Radio,
    /// Any of a few.
    Checkbox,
}

impl Kind {
    /// The type of the input, for those that are one line.
    pub fn input(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Url => "url",
            Self::Password => "password",
            _ => "text",
        }
    }
}

impl FormPage {
    /// The form, as it is first shown.
    pub fn page(shell: Shell, form: FormView) -> Result<HttpResponse, Problem> {
        Self::answer(StatusCode::OK, shell, form, Errors::none())
    }

    /// The form again, with what is wrong, and everything that was typed.
    pub fn again(shell: Shell, form: FormView, errors: Errors) -> Result<HttpResponse, Problem> {
        Self::answer(StatusCode::UNPROCESSABLE_ENTITY, shell, form, errors)
    }

    fn answer(
        status: StatusCode,
        shell: Shell,
        mut form: FormView,
        errors: Errors,
    ) -> Result<HttpResponse, Problem> {
        let fields = form.fields.into_iter().map(|(kind, field)| (kind, field.wrong(&errors)));
        form.fields = fields.collect();
        page_with(status, &Self { shell, form, errors })
    }
}
