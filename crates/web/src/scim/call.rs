use std::future::Future;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError, dev::Payload};
use app::directory::FailureNote;
use app::{App, Request};
use decision::Caller;
use futures_util::future::LocalBoxFuture;
use model::OrganizationId;
use serde_json::Value;

use super::answer::Answer;
use super::error::ScimError;
use super::list::Query;
use super::mask::masked;
use super::project::Shown;
use crate::arriving::{NotArrived, arriving};
use crate::gateways::GatewayState;
use crate::strict_json;

/// The directory that speaks, proven by its key.
#[derive(Debug, Clone)]
pub(crate) struct Directory {
    /// The organization it belongs to.
    pub(crate) organization: OrganizationId,
    /// Who it is to a decision.
    pub(crate) caller: Caller,
    /// The address that all addresses of resources begin with.
    pub(crate) base: String,
}

impl Directory {
    /// What a use case wants to know of the request.
    pub(crate) fn request(&self) -> Request {
        Request { caller: self.caller, organization: self.organization, home: None, if_match: None }
    }
}

/// A request of the directory.
pub(crate) struct Call {
    /// Whose it is.
    pub(crate) directory: Directory,
    /// The version that it wants to change (`If-Match`).
    pub(crate) if_match: Option<String>,
    /// The version that it has already (`If-None-Match`).
    pub(crate) if_none_match: Option<String>,
    method: String,
    path: String,
    query: String,
    body: Result<Bytes, NotArrived>,
    is_json: bool,
}

impl FromRequest for Call {
    type Error = ScimError;
    type Future = LocalBoxFuture<'static, Result<Self, ScimError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let bytes = arriving(&request, payload);
        Box::pin(async move {
            let directory = directory(&request).await?;
            let header = |name: header::HeaderName| {
                request.headers().get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
            };
            let kind = header(header::CONTENT_TYPE);
            Ok(Self {
                directory,
                if_match: header(header::IF_MATCH),
                if_none_match: header(header::IF_NONE_MATCH),
                method: request.method().to_string(),
                path: request.path().to_owned(),
                query: request.query_string().to_owned(),
                body: bytes.await,
                is_json: kind.is_none_or(|kind| kind.to_ascii_lowercase().contains("json")),
            })
        })
    }
}

/// The directory whose key a request shows.
pub(crate) async fn directory(request: &HttpRequest) -> Result<Directory, ScimError> {
    let app = request.app_data::<Data<App>>().ok_or_else(ScimError::internal)?;
    let state = request.app_data::<Data<GatewayState>>().ok_or_else(ScimError::internal)?;
    let authorization =
        request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or("");
    let token = match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Err(ScimError::unauthorized()),
    };
    let address = crate::address::client(request);
    let (organization, caller) = app.engine.directory_caller(token, address).await?;
    Ok(Directory { organization, caller, base: format!("{}/scim/v2", state.public_url) })
}

impl Call {
    /// The body, as JSON that can be read in one way only.
    pub(crate) fn json(&self) -> Result<Value, ScimError> {
        if !self.is_json {
            let detail = "Send `application/scim+json` or `application/json`.";
            return Err(ScimError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, None, detail));
        }
        let bytes = match &self.body {
            Ok(bytes) => bytes,
            Err(NotArrived::TooLarge) => {
                let detail = format!("At most {} bytes are taken.", super::MAX_BODY_BYTES);
                return Err(ScimError::new(StatusCode::PAYLOAD_TOO_LARGE, Some("tooMany"), detail));
            }
            Err(NotArrived::Late) => {
                let detail = "The announced body did not arrive in time.";
                return Err(ScimError::new(StatusCode::REQUEST_TIMEOUT, None, detail));
            }
            Err(NotArrived::Broken) => return Err(ScimError::syntax("The body could not be read.")),
        };
        strict_json::parse(bytes).map_err(|error| ScimError::syntax(format!("The body is {error}.")))
    }

    /// What the query of the address asks for.
    pub(crate) fn query(&self) -> Result<Query, ScimError> {
        Query::of_address(&self.query)
    }

    /// The same, of which resources to show.
    pub(crate) fn shown(&self) -> Result<Shown, ScimError> {
        self.query().map(|query| query.shown)
    }

    /// Does the work, notes how it went, and answers.
    pub(crate) fn answer<'a>(
        &'a self,
        app: &'a App,
        work: impl Future<Output = Result<Answer, ScimError>> + 'a,
    ) -> LocalBoxFuture<'a, HttpResponse> {
        // Boxed: a use case with its transaction is a large future.
        Box::pin(self.answered(app, work))
    }

    async fn answered(
        &self,
        app: &App,
        work: impl Future<Output = Result<Answer, ScimError>>,
    ) -> HttpResponse {
        let done = work.await;
        let organization = self.directory.organization;
        let noted = match &done {
            // Asking for somebody who is not there is how directories find that out.
            Err(error) if error.status == StatusCode::NOT_FOUND && self.method == "GET" => Ok(()),
            Err(error) => app.directory_failed(organization, self.note(error)).await,
            Ok(_) => app.directory_came(organization).await,
        };
        if let Err(error) = noted {
            tracing::warn!(%error, "what the directory did could not be noted");
        }
        match done {
            Ok(answer) => answer.response(),
            Err(error) => error.error_response(),
        }
    }

    fn note(&self, error: &ScimError) -> FailureNote {
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        FailureNote {
            method: self.method.clone(),
            path: masked(&format!("{}{query}", self.path)),
            status: error.status.as_u16(),
            scim_type: error.kind,
            detail: masked(&error.detail),
            request: self
                .body
                .as_ref()
                .map(|bytes| masked(&String::from_utf8_lossy(bytes)))
                .unwrap_or_default(),
        }
    }
}
