//! `GET /.well-known/authzen-configuration/{org}`: where an organization's decisions are asked for.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use model::Slug;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateways::GatewayState;
use crate::gateways::check::json;
use crate::problem::{Code, Problem, ProblemDocument};

/// The metadata of the policy decision point.
#[derive(Debug, Serialize, ToSchema)]
pub struct Discovery {
    /// The identifier that this address is made from: the well-known part stands between its host and its path.
    pub policy_decision_point: String,
    /// Where one evaluation is asked for.
    pub access_evaluation_endpoint: String,
    /// Where many are.
    pub access_evaluations_endpoint: String,
}

/// Tells where to ask. The gateway's key says for which organization, so the addresses are the same for all.
#[utoipa::path(
    get,
    path = "/.well-known/authzen-configuration/{org}",
    tag = "authzen",
    params(("org" = String, Path, description = "The slug of the organization.")),
    responses(
        (status = 200, description = "The metadata.", body = Discovery),
        (status = 404, description = "There is no such organization.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn discovery(state: Data<GatewayState>, org: Path<String>) -> Result<HttpResponse, Problem> {
    let slug: Slug = org.parse().map_err(|_| Code::NotFound)?;
    let found = state.engine.organization_by_slug(slug.as_str()).await;
    found.map_err(|cause| Problem::new(Code::FactsUnavailable).because(cause))?.ok_or(Code::NotFound)?;
    let root = state.public_url.trim_end_matches('/');
    json(&Discovery {
        policy_decision_point: format!("{root}/{slug}"),
        access_evaluation_endpoint: format!("{root}/access/v1/evaluation"),
        access_evaluations_endpoint: format!("{root}/access/v1/evaluations"),
    })
}
