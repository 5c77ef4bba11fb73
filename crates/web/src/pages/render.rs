use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::headers::{Keeping, secure};
use crate::Problem;
use crate::problem::Code;

/// A page, found.
pub fn page(template: &impl Template) -> Result<HttpResponse, Problem> {
    page_with(StatusCode::OK, template)
}

/// A page with a status: 422 with a form that could not be taken, 409 with one that came too late.
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<HttpResponse, Problem> {
    respond(status, Keeping::Ask, template)
}

/// A page that shows a secret, once: kept nowhere.
pub fn secret_page(template: &impl Template) -> Result<HttpResponse, Problem> {
    respond(StatusCode::OK, Keeping::Never, template)
}

/// A page with a status that holds what a person typed: kept nowhere.
pub(super) fn kept_nowhere(status: StatusCode, template: &impl Template) -> Result<HttpResponse, Problem> {
    respond(status, Keeping::Never, template)
}

/// A part of a page, which the script or htmx puts into one that is there.
pub fn part(template: &impl Template) -> Result<HttpResponse, Problem> {
    page(template)
}

fn respond(status: StatusCode, keeping: Keeping, template: &impl Template) -> Result<HttpResponse, Problem> {
    let text = template.render().map_err(|error| Problem::new(Code::Internal).because(error))?;
    let mut response = HttpResponse::build(status);
    secure(&mut response, keeping);
    Ok(response.body(named(text)))
}

/// What macros/form.html puts around what is wrong with a form.
const SUMMARY: &str = "<div class=\"summary-errors\"";

/// A page on which something is wrong says so in its title first, which is what a screen reader reads out first. Found by
/// its summary and not told by each template, so that none can forget it; no text that somebody typed has a bare `<`.
fn named(text: String) -> String {
    if text.contains(SUMMARY) { text.replacen("<title>", "<title>Error: ", 1) } else { text }
}

#[cfg(test)]
mod tests {
    use super::{SUMMARY, named};

    #[test]
    fn the_title_says_that_something_is_wrong() {
        let page = |inside: &str| format!("<title>Invite</title>{inside}<svg><title>Bars</title></svg>");
        let wrong = named(page(SUMMARY));
        assert!(wrong.starts_with("<title>Error: Invite</title>"), "{wrong}");
        assert_eq!(wrong.matches("Error: ").count(), 1);
        assert_eq!(named(page("")), page(""));
    }
}
