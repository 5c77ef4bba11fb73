use std::collections::HashSet;
use std::future::Future;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use actix_web::HttpResponse;
use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, HeaderValue};
use app::App;
use futures_util::future::LocalBoxFuture;
use model::OrganizationId;

use crate::api::Tenant;
use crate::problem::{Code, Problem};

/// A key longer than this is no name for a request.
const KEY_LIMIT: usize = 200;

/// Runs a POST once per `Idempotency-Key`. A repeated one gets the first answer again, marked as such; the same key
/// with another body is a conflict. Secrets are not kept: a replayed answer shows only their public part.
pub(crate) fn once<'a>(
    app: &'a App,
    tenant: &'a Tenant,
    digest: [u8; 32],
    run: impl Future<Output = Result<HttpResponse, Problem>> + 'a,
) -> LocalBoxFuture<'a, Result<HttpResponse, Problem>> {
    // Boxed: a use case with its transaction is a large future, and every handler would carry two of them.
    Box::pin(run_once(app, tenant, digest, run))
}

async fn run_once(
    app: &App,
    tenant: &Tenant,
    digest: [u8; 32],
    run: impl Future<Output = Result<HttpResponse, Problem>>,
) -> Result<HttpResponse, Problem> {
    let Some(key) = &tenant.idempotency_key else { return run.await };
    if key.is_empty() || key.len() > KEY_LIMIT {
        return Err(Problem::invalid_field("Idempotency-Key", "expected 1 to 200 characters"));
    }
    let digest = app.request_digest(tenant.caller, &tenant.route, digest);
    let _turn = Turn::take(tenant.organization, key)?;
    if let Some(first) = app.remembered(tenant.organization, key).await? {
        if first.request_digest != digest {
            return Err(Problem::new(Code::IdempotencyKeyReused));
        }
        let status = StatusCode::from_u16(first.status).unwrap_or(StatusCode::OK);
        return Ok(HttpResponse::build(status)
            .content_type(ContentType::json())
            .insert_header(("Idempotent-Replayed", "true"))
            .body(first.body));
    }
    let response = run.await?;
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body).await.map_err(|_| Problem::internal())?;
    let text = keys::redact(std::str::from_utf8(&bytes).unwrap_or("")).into_owned();
    app.remember(tenant.organization, key, digest, head.status().as_u16(), text).await?;
    let mut response = head.set_body(bytes).map_into_boxed_body();
    response.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("idempotent-replayed"),
        HeaderValue::from_static("false"),
    );
    Ok(response)
}

type Under = (OrganizationId, String);

/// The keys whose first request is being worked on by this process.
static AT_WORK: LazyLock<Mutex<HashSet<Under>>> = LazyLock::new(Mutex::default);

/// The only request at work under a key: without it, two that arrive together would both be done.
struct Turn(Under);

impl Turn {
    fn take(organization: OrganizationId, key: &str) -> Result<Self, Problem> {
        let under = (organization, key.to_owned());
        if at_work().insert(under.clone()) {
            return Ok(Self(under));
        }
        let detail = "a request with this idempotency key is being worked on; send it again for its answer";
        Err(Problem::conflict("idempotency_key", detail.to_owned()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        at_work().remove(&self.0);
    }
}

fn at_work() -> MutexGuard<'static, HashSet<Under>> {
    AT_WORK.lock().unwrap_or_else(PoisonError::into_inner)
}
