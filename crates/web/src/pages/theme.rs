use actix_web::web::Form;
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Deserialize;

use super::{Redirect, cookies};

/// Its cookie. The script writes it too.
const COOKIE: &str = "theme";

/// How a person wants pages to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As their system does.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// What the browser was told to remember.
    pub fn of(request: &HttpRequest) -> Self {
        match cookies::read(request, COOKIE).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[derive(Debug, Deserialize)]
struct Choice {
    theme: Theme,
    next: String,
}

/// Chooses a theme and comes back. It needs no session: nothing but a look depends on it.
#[post("/theme")]
pub(super) async fn choose(choice: Form<Choice>) -> HttpResponse {
    let Choice { theme, next } = choice.into_inner();
    let mut response = Redirect::to(next).response();
    let cookie = cookies::preference(COOKIE, theme.as_str());
    // A cookie with no strange letters in it is always taken.
    let _taken = response.add_cookie(&cookie);
    response
}
