//! `/v1/orgs/{org}/signal-streams`

mod create;
mod list;
mod remove;
mod view;

use model::SignalStreamId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::SignalStreamView;
pub(crate) use view::push_url;

/// The path of one stream.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SignalStreamPath {
    /// The stream's id.
    #[param(value_type = uuid::Uuid)]
    pub stream: SignalStreamId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list).service(create::create).service(remove::remove);
}
