//! What the directory is told about this side: `/ServiceProviderConfig`, `/ResourceTypes`, `/Schemas`.

mod config;
mod resource_types;
mod schemas;

pub(super) use config::config;
pub(super) use resource_types::{resource_type, resource_types};
pub(super) use schemas::{schema, schemas};

use super::call::Call;
use super::error::ScimError;
use actix_web::http::StatusCode;

/// These endpoints do not filter (RFC 7644, section 4).
fn unfiltered(call: &Call) -> Result<(), ScimError> {
    if call.query()?.is_filtered() {
        let detail = "What this side can do is not filtered. Ask for all of it.";
        return Err(ScimError::new(StatusCode::FORBIDDEN, None, detail));
    }
    Ok(())
}
