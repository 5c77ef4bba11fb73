//! SCIM 2.0 (RFC 7643, RFC 7644) under `/scim/v2`: the organization's directory brings people and groups.
//!
//! The tenant is the one whose key is shown (`Authorization: Bearer ans_sc_…`); nothing in the address names it. What
//! comes is read by the tables in `schema` into one shape (`read`), changed by operations where it is a PATCH (`patch`),
//! and handed to one use case, which is decided and written like every other change.

mod answer;
mod bulk;
mod call;
mod change;
mod discovery;
mod error;
mod filter;
mod groups;
mod list;
mod mask;
mod matches;
mod patch;
mod people;
mod project;
mod read;
mod schema;
mod search;
mod sort;
mod version;

use actix_web::Resource;
use actix_web::http::StatusCode;
use actix_web::web::{self, PayloadConfig, ServiceConfig};

pub(crate) use call::{Directory, directory};
use error::ScimError;

/// The media type of everything that is answered.
const MEDIA_TYPE: &str = "application/scim+json";
/// The largest body, which is said in the service provider's configuration: a bulk request of a thousand people.
const MAX_BODY_BYTES: usize = 1 << 20;

/// Mounts every address. Beside the OpenAPI document: SCIM describes itself at its discovery endpoints.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let at = |path: &str| web::resource(path).default_service(web::to(method_not_allowed));
    let scope = web::scope("/scim/v2")
        .app_data(PayloadConfig::new(MAX_BODY_BYTES))
        .configure(|config| people_at(config, at))
        .configure(|config| groups_at(config, at))
        .configure(|config| discovery_at(config, at))
        .service(at("/Bulk").route(web::post().to(bulk::bulk)))
        .service(at("/.search").route(web::post().to(search::everywhere)))
        .service(web::resource("/Me").default_service(web::to(not_implemented)))
        .default_service(web::to(nothing_here));
    config.service(scope);
}

fn people_at(config: &mut ServiceConfig, at: impl Fn(&str) -> Resource) {
    config
        .service(at("/Users").route(web::post().to(people::create)).route(web::get().to(people::list)))
        .service(at("/Users/.search").route(web::post().to(search::people)))
        .service(
            at("/Users/{id}")
                .route(web::get().to(people::get))
                .route(web::put().to(people::replace))
                .route(web::patch().to(people::patch))
                .route(web::delete().to(people::remove)),
        );
}

fn groups_at(config: &mut ServiceConfig, at: impl Fn(&str) -> Resource) {
    config
        .service(at("/Groups").route(web::post().to(groups::create)).route(web::get().to(groups::list)))
        .service(at("/Groups/.search").route(web::post().to(search::groups)))
        .service(
            at("/Groups/{id}")
                .route(web::get().to(groups::get))
                .route(web::put().to(groups::replace))
                .route(web::patch().to(groups::patch))
                .route(web::delete().to(groups::remove)),
        );
}

fn discovery_at(config: &mut ServiceConfig, at: impl Fn(&str) -> Resource) {
    config
        .service(at("/ServiceProviderConfig").route(web::get().to(discovery::config)))
        .service(at("/ResourceTypes").route(web::get().to(discovery::resource_types)))
        .service(at("/ResourceTypes/{id}").route(web::get().to(discovery::resource_type)))
        .service(at("/Schemas").route(web::get().to(discovery::schemas)))
        .service(at("/Schemas/{id}").route(web::get().to(discovery::schema)));
}

async fn nothing_here() -> Result<(), ScimError> {
    Err(ScimError::not_found())
}

async fn method_not_allowed() -> Result<(), ScimError> {
    Err(ScimError::new(StatusCode::METHOD_NOT_ALLOWED, None, "This address does not take that method."))
}

async fn not_implemented() -> Result<(), ScimError> {
    let detail = "The directory's key is nobody in particular, so there is no `/Me`.";
    Err(ScimError::new(StatusCode::NOT_IMPLEMENTED, None, detail))
}
