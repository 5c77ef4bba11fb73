use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use app::App;
use decision::Caller;
use futures_util::future::LocalBoxFuture;
use model::OrganizationId;

use crate::Problem;

/// Who asks, where the URL names no organization: the credential alone does.
pub struct Credential {
    /// The organization of the credential.
    pub organization: OrganizationId,
    /// Who asks.
    pub caller: Caller,
}

impl FromRequest for Credential {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
            let header = request.headers().get("authorization").and_then(|value| value.to_str().ok());
            let token = header
                .and_then(|value| value.split_once(' '))
                .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
                .map(|(_, token)| token.trim())
                .ok_or_else(Problem::unauthorized)?;
            let address = crate::address::client(&request);
            let (organization, caller) = app.engine.caller(token, address).await?;
            Ok(Self { organization, caller })
        })
    }
}
