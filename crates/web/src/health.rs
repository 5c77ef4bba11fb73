use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::Data;
use enforcement::Engine;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the process runs, or may answer decisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or the reason why not.
    status: &'static str,
}

/// Whether the process runs.
#[utoipa::path(tag = "operations", responses((status = 200, body = Health)))]
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok" })
}

/// Whether this node may answer decisions now: its lease is held, so the database was reached within its length.
#[utoipa::path(tag = "operations", responses((status = 200, body = Health), (status = 503, body = Health)))]
#[get("/readyz")]
pub async fn readyz(engine: Data<Arc<Engine>>) -> HttpResponse {
    if engine.is_ready() {
        HttpResponse::Ok().json(Health { status: "ok" })
    } else {
        HttpResponse::ServiceUnavailable().json(Health { status: "lease_expired" })
    }
}
