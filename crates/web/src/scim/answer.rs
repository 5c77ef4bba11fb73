use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde_json::Value;

/// What is answered to a request that was done.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// The resource or list. None: there is nothing to show.
    pub(crate) body: Option<Value>,
    /// Where the resource is, where it is one.
    pub(crate) location: Option<String>,
    /// Its version, where it is a resource.
    pub(crate) version: Option<String>,
}

impl Answer {
    /// A document that is no resource of the directory.
    pub(crate) fn document(body: Value) -> Self {
        Self { status: StatusCode::OK, body: Some(body), location: None, version: None }
    }

    /// Done, and nothing to show.
    pub(crate) fn nothing(status: StatusCode) -> Self {
        Self { status, body: None, location: None, version: None }
    }

    /// A resource as it is now.
    pub(crate) fn resource(status: StatusCode, resource: Value) -> Self {
        let meta = |name: &str| resource.get("meta")?.get(name)?.as_str().map(ToOwned::to_owned);
        Self { status, location: meta("location"), version: meta("version"), body: Some(resource) }
    }

    pub(crate) fn response(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(version) = self.version {
            response.insert_header((header::ETAG, version));
        }
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        match self.body {
            Some(body) => response.content_type(super::MEDIA_TYPE).body(body.to_string()),
            None => response.finish(),
        }
    }
}
