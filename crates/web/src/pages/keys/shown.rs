//! `/o/{org}/keys/shown/{slip}`: the page that shows a secret, once.

use std::fmt::Write;

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::{App, Revealed};
use askama::Template;
use keys::Slip;
use serde::Deserialize;

use super::reveal::{About, Secret, about};
use crate::Problem;
use crate::pages::{Moment, Section, Shell, filters, page, secret_page};
use crate::session::Visit;

/// The slip that leads to a secret.
#[derive(Debug, Deserialize)]
pub(super) struct SlipPath {
    slip: String,
}

#[derive(Template)]
#[template(path = "keys/shown.html")]
struct Page {
    shell: Shell,
    about: About,
    secrets: Vec<Shown>,
    all: String,
    /// `key`, or what it is otherwise: a `token` of no key, which has no public part, or a `link`.
    word: &'static str,
}

/// A secret, and the file that holds it.
struct Shown {
    id: String,
    secret: Secret,
    file: String,
}

#[derive(Template)]
#[template(path = "keys/shown_before.html")]
struct Before {
    shell: Shell,
    about: Option<About>,
    at: Option<Moment>,
    is_at_work: bool,
}

/// Shows what was made, once. Afterwards it only says when it was shown.
#[get("/o/{org}/keys/shown/{slip}")]
pub(super) async fn reveal(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<SlipPath>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Elsewhere);
    let slip: Slip = path.slip.parse().map_err(|_| Problem::not_found())?;
    let found = app.reveal(visit.organization, visit.user, &slip).await.map_err(Problem::from)?;
    match found.ok_or_else(Problem::not_found)? {
        Revealed::Now { about: text, secret } => {
            let secrets: Vec<Secret> =
                serde_json::from_str(&secret).map_err(|error| Problem::internal().because(error))?;
            let word = match secrets.first() {
                Some(secret) if secret.token.starts_with("http") => "link",
                Some(secret) if secret.id.is_empty() => "token",
                _ => "key",
            };
            let all = if secrets.len() > 1 { file(&secrets) } else { String::new() };
            let shown = |(at, secret): (usize, Secret)| Shown {
                id: format!("secret-{}", at + 1),
                file: file(std::slice::from_ref(&secret)),
                secret,
            };
            let secrets = secrets.into_iter().enumerate().map(shown).collect();
            Ok(secret_page(&Page { about: about(&text)?, shell, secrets, all, word })?)
        }
        Revealed::Before { about: text, at } => {
            let at = Some(shell.zone.moment(at));
            Ok(page(&Before { about: Some(about(&text)?), at, shell, is_at_work: false })?)
        }
        Revealed::TooLate { about: text } => {
            Ok(page(&Before { about: Some(about(&text)?), at: None, shell, is_at_work: false })?)
        }
        Revealed::NotYet => Ok(page(&Before { about: None, at: None, shell, is_at_work: true })?),
    }
}

/// A file of environment variables, as an address that holds its content: nothing has to be fetched for it.
fn file(secrets: &[Secret]) -> String {
    let mut text = String::new();
    for (at, secret) in secrets.iter().enumerate() {
        let number = if at == 0 { String::new() } else { format!("_{}", at + 1) };
        let label: String = secret.label.chars().filter(|c| !c.is_control()).collect();
        let _infallible = write!(text, "# {label}\nANSWERABLE_KEY{number}={}\n", secret.token);
    }
    let escaped: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("data:text/plain;charset=utf-8,{}", escaped.replace('+', "%20"))
}
