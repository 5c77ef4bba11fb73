//! What went wrong, as SCIM says it (RFC 7644, section 3.12).

use std::borrow::Cow;
use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use app::Error;
use enforcement::Unauthenticated;
use serde_json::{Value, json};

use crate::problem::{Code, Problem};

/// The schema of an error.
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// Why a request of the directory came to nothing.
#[derive(Debug)]
pub(crate) struct ScimError {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// The kind of mistake, where it has a name.
    pub(crate) kind: Option<&'static str>,
    /// What is wrong and what would be right.
    pub(crate) detail: Cow<'static, str>,
}

impl ScimError {
    pub(crate) fn new(
        status: StatusCode,
        kind: Option<&'static str>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { status, kind, detail: detail.into() }
    }

    pub(crate) fn bad(kind: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Some(kind), detail)
    }

    pub(crate) fn syntax(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::bad("invalidSyntax", detail)
    }

    pub(crate) fn value(attribute: &str, expected: &str) -> Self {
        Self::bad("invalidValue", format!("`{attribute}`: {expected}"))
    }

    /// One that is not there, and one of another organization, alike.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, None, "There is no such resource.")
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, None, "Send the directory's key (`ans_sc_…`) as a bearer token.")
    }

    pub(crate) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, None, "Something failed here. It has been logged.")
    }

    /// The same outside SCIM: whoever shows no directory's key is told so.
    pub(crate) fn problem(&self) -> Problem {
        match self.status {
            StatusCode::UNAUTHORIZED => Problem::unauthorized(),
            StatusCode::SERVICE_UNAVAILABLE => Problem::new(Code::Unavailable),
            _ => Problem::internal(),
        }
    }

    /// The error as a document.
    pub(crate) fn document(&self) -> Value {
        let mut document = json!({
            "schemas": [ERROR],
            "status": self.status.as_u16().to_string(),
            "detail": self.detail,
        });
        if let (Some(kind), Some(object)) = (self.kind, document.as_object_mut()) {
            object.insert("scimType".to_owned(), kind.into());
        }
        document
    }
}

impl fmt::Display for ScimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status.as_u16(), self.detail)
    }
}

impl ResponseError for ScimError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.content_type(super::MEDIA_TYPE);
        match self.status {
            StatusCode::UNAUTHORIZED => drop(response.insert_header((header::WWW_AUTHENTICATE, "Bearer"))),
            // A lease is renewed and a writer recovers within a second or so.
            StatusCode::SERVICE_UNAVAILABLE => drop(response.insert_header((header::RETRY_AFTER, "1"))),
            _ => {}
        }
        response.body(self.document().to_string())
    }
}

impl From<Error> for ScimError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) | Error::Hidden(_) => Self::not_found(),
            Error::Denied(denial) => Self::new(StatusCode::FORBIDDEN, None, denial.reason().say()),
            Error::Invalid(fields) => {
                let said: Vec<String> =
                    fields.iter().map(|wrong| format!("`{}`: {}", wrong.field, wrong.reason)).collect();
                Self::bad("invalidValue", said.join("; "))
            }
            Error::Conflict { code: "uniqueness" | "taken", detail } => {
                Self::new(StatusCode::CONFLICT, Some("uniqueness"), detail)
            }
            Error::Conflict { detail, .. } => Self::new(StatusCode::CONFLICT, None, detail),
            Error::Stale { .. } => changed_meanwhile(),
            Error::Unavailable(cause) => {
                tracing::warn!(%cause, "a request of the directory cannot be done safely now");
                let detail = "This cannot be done safely at the moment. Send it again.";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, None, detail)
            }
            Error::Upstream(cause) | Error::Internal(cause) => {
                tracing::error!(cause, "a request of the directory failed");
                Self::internal()
            }
        }
    }
}

impl From<Unauthenticated> for ScimError {
    fn from(error: Unauthenticated) -> Self {
        match error {
            Unauthenticated::Refused => Self::unauthorized(),
            Unauthenticated::Missing(missing) => Error::from(missing).into(),
        }
    }
}

/// The `If-Match` of the request is not what the resource is now.
pub(crate) fn changed_meanwhile() -> ScimError {
    let detail = "It was changed since you read it. Read it again.";
    ScimError::new(StatusCode::PRECONDITION_FAILED, None, detail)
}
