//! Every answer carries `X-Request-ID`: the caller's own, or a new one.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderName, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use enforcement::World;

use crate::pages;
use crate::problem::Problem;

/// Its header.
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Long enough for every scheme in use; bounded, since it goes into every line logged for the request.
const LONGEST: usize = 128;

/// The id of a request, kept in its extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Box<str>);

impl RequestId {
    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The caller's id where it is printable ASCII of bounded length, otherwise a new one.
    fn of(given: Option<&HeaderValue>, world: &World) -> Self {
        let given = given.and_then(|value| value.to_str().ok());
        match given.filter(|id| is_acceptable(id)) {
            Some(id) => Self(id.into()),
            None => Self::draw(world),
        }
    }

    fn draw(world: &World) -> Self {
        let mut random = [0; 16];
        world.chance.fill(&mut random);
        Self(uuid::Builder::from_random_bytes(random).into_uuid().to_string().into())
    }
}

fn is_acceptable(id: &str) -> bool {
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(|b| (b' '..=b'~').contains(&b))
}

/// The middleware: to be wrapped around everything, outermost.
///
/// It also puts the id into every [`Problem`] that passes, and logs those that are this program's fault: once, here.
pub fn request_ids<S, B>(
    world: World,
) -> impl Transform<S, ServiceRequest, Response = ServiceResponse<EitherBody<B>>, Error = Error, InitError = ()>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    from_fn(move |request: ServiceRequest, next: Next<B>| {
        let id = RequestId::of(request.headers().get(X_REQUEST_ID), &world);
        answer(id, request, next)
    })
}

async fn answer<B: MessageBody + 'static>(
    id: RequestId,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    request.extensions_mut().insert(id.clone());
    // Nothing of the request may be kept meanwhile: routing needs it for itself.
    let response = next.call(request).await?;
    let problem = response.response().error().and_then(|error| error.as_error::<Problem>());
    let mut response = match problem.map(|problem| rendered(response.request(), problem, &id)) {
        Some(better) => replaced(response, better).map_into_right_body(),
        None => response.map_into_left_body(),
    };
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    Ok(response)
}

/// Puts a better answer in the place of one, and keeps the headers that others have set on it.
fn replaced<B>(response: ServiceResponse<B>, mut better: HttpResponse) -> ServiceResponse {
    let kept =
        response.headers().iter().filter(|(name, _)| **name != CONTENT_ENCODING && **name != CONTENT_LENGTH);
    for (name, value) in kept {
        if !better.headers().contains_key(name) {
            better.headers_mut().insert(name.clone(), value.clone());
        }
    }
    response.into_response(better)
}

/// A page for whoever reads pages, a document for programs.
fn rendered(request: &HttpRequest, problem: &Problem, id: &RequestId) -> HttpResponse {
    if problem.code().status().is_server_error() {
        let cause = problem.cause().map(ToString::to_string);
        tracing::error!(request.id = id.as_str(), error.code = problem.code().as_str(), error.cause = cause);
    }
    if pages::wants_page(request) {
        return pages::error_page(request, problem, id.as_str());
    }
    problem.response(Some(id.as_str()))
}
