//! Errors as they leave this program: `application/problem+json` (RFC 9457).

mod code;
mod handlers;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use enforcement::Unavailable;
use serde::Serialize;
use utoipa::ToSchema;

pub use code::Code;
pub use handlers::{json_error, method_not_allowed, not_found, path_error, query_error};

/// An error as a caller sees it, with its cause for the log alone.
#[derive(Debug)]
pub struct Problem {
    code: Code,
    detail: Option<Cow<'static, str>>,
    errors: Vec<FieldError>,
    allow: Option<&'static str>,
    reason: Option<&'static str>,
    wait: Option<Duration>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// The field, as a path: `context.ip`, `items[3].server`.
    pub field: String,
    /// What was expected.
    pub reason: Cow<'static, str>,
}

/// The document on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument<'a> {
    /// A name for the kind of problem: `urn:answerable:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: &'static str,
    /// What is said about this one.
    pub detail: &'a str,
    /// The stable word for why: a decision's reason code, or which contradiction it is. Left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// What is wrong with which field. Left out where no field is.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    pub errors: &'a [FieldError],
    /// The id under which the request is logged. Left out of a 404, whose bytes are always the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<&'a str>,
}

impl Problem {
    /// A problem with nothing more to say than its code says.
    pub fn new(code: Code) -> Self {
        Self { code, detail: None, errors: Vec::new(), allow: None, reason: None, wait: None, cause: None }
    }

    /// Says more. Not heard for 5xx and 404, whose words are constant.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Says why, by a stable code finer than the problem's own.
    #[must_use]
    pub fn reason(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Says what is wrong with which fields.
    #[must_use]
    pub fn fields(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Keeps the cause, for the log alone.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Says when it is worth trying again.
    #[must_use]
    pub(crate) fn after(mut self, wait: Duration) -> Self {
        self.wait = Some(wait);
        self
    }

    /// In how many seconds it is worth trying again, where it is at all. A lease is renewed and a writer recovers within
    /// a second or so.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        let passes =
            matches!(self.code.status(), StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS);
        passes.then(|| self.wait.map_or(1, |wait| wait.as_secs().saturating_add(1)))
    }

    pub(crate) fn allowing(mut self, methods: &'static str) -> Self {
        self.allow = Some(methods);
        self
    }

    /// What went wrong.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What the caller is told about it.
    pub fn said(&self) -> &str {
        match &self.detail {
            Some(detail) if !self.is_constant() => detail,
            _ => self.code.detail(),
        }
    }

    /// Why, for the log.
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// Whether nothing of the particular case may show: a server's failure says nothing of its insides, and a miss
    /// looks like every other miss. What somebody else's server did wrong is not ours to hide.
    fn is_constant(&self) -> bool {
        match self.code {
            Code::NotFound => true,
            Code::Upstream => false,
            code => code.status().is_server_error(),
        }
    }

    /// The answer, with the request's id in it where it is known.
    pub(crate) fn response(&self, request_id: Option<&str>) -> HttpResponse {
        let status = self.code.status();
        let mut response = HttpResponse::build(status);
        response.content_type("application/problem+json");
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(seconds) = self.retry_after() {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Some(methods) = self.allow {
            response.insert_header((header::ALLOW, methods));
        }
        response.body(self.document(request_id))
    }

    fn document(&self, request_id: Option<&str>) -> Vec<u8> {
        let constant = self.is_constant();
        let document = ProblemDocument {
            kind: format!("urn:answerable:problem:{}", self.code.as_str()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            code: self.code.as_str(),
            detail: self.said(),
            reason: self.reason.filter(|_| !constant),
            errors: if constant { &[] } else { &self.errors },
            request_id: request_id.filter(|_| self.code != Code::NotFound),
        };
        serde_json::to_vec(&document).unwrap_or_default()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.said())
    }
}

impl Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        self.response(None)
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<Unavailable> for Problem {
    fn from(error: Unavailable) -> Self {
        let code = match &error {
            Unavailable::LeaseExpired => Code::LeaseExpired,
            Unavailable::NotRecorded(_) => Code::RecorderUnavailable,
            Unavailable::Facts(_) => Code::FactsUnavailable,
            Unavailable::OverLimit(_) => Code::TooManyRequests,
            Unavailable::RevisionNotReached(_) => Code::RevisionNotReached,
        };
        let problem = Self::new(code);
        match error {
            Unavailable::RevisionNotReached(at) => problem.detail(format!("The revision is {}.", at.0)),
            cause => problem.because(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody;

    use super::*;

    fn text(problem: &Problem, request_id: Option<&str>) -> String {
        let body = problem.response(request_id).into_body().try_into_bytes().expect("a whole body");
        String::from_utf8(body.to_vec()).expect("text")
    }

    #[test]
    fn it_says_what_is_wrong_field_by_field() {
        let wrong = FieldError { field: "server".into(), reason: "is required".into() };
        let problem = Problem::new(Code::Malformed).detail("Two things.").fields(vec![wrong]);
        insta::assert_snapshot!(text(&problem, Some("r-1")), @r#"{"type":"urn:answerable:problem:malformed","title":"Malformed request","status":400,"code":"malformed","detail":"Two things.","errors":[{"field":"server","reason":"is required"}],"request_id":"r-1"}"#);
    }

    #[test]
    fn failures_and_misses_say_nothing_of_the_case() {
        let constant = |code: &Code| code.status().is_server_error() || *code == Code::NotFound;
        for code in Code::ALL.iter().copied().filter(|c| constant(c) && *c != Code::Upstream) {
            let secret = FieldError { field: "hush".into(), reason: "hush".into() };
            let problem =
                Problem::new(code).detail("hush").reason("hush").fields(vec![secret]).because("hush");
            assert!(!text(&problem, None).contains("hush"), "{code:?}");
        }
        let miss = Problem::new(Code::NotFound);
        assert_eq!(text(&miss, Some("one")), text(&miss, Some("two")));
    }

    #[test]
    fn codes_are_distinct_snake_case_errors() {
        let codes: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.status().as_u16() >= 400, "{code:?}");
            assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{code:?}");
        }
    }
}
