use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest, dev::Payload};
use app::App;
use futures_util::future::LocalBoxFuture;
use model::Session;

use super::signed_in::{is_api, redirect, way_back};
use super::{SignedIn, Visit, step_up_path};
use crate::Problem;
use crate::problem::Code;

/// Somebody who proved within five minutes who they are (security.md S7): for keys, connections, break-glass and what
/// cannot be undone. Others prove it first, and come back. The page that shows the form asks for it as well as the one
/// that takes it, so that nobody types in vain.
#[derive(Debug, Clone)]
pub struct Fresh<T>(pub T);

/// What has a session in it.
pub trait HasSession {
    /// The session.
    fn session(&self) -> &Session;
}

impl HasSession for SignedIn {
    fn session(&self) -> &Session {
        &self.session
    }
}

impl HasSession for Visit {
    fn session(&self) -> &Session {
        &self.session
    }
}

impl<T: HasSession + FromRequest<Error = Error> + 'static> FromRequest for Fresh<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let inner = T::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let inner = inner.await?;
            let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
            if inner.session().is_fresh(app.engine.world().now()) {
                return Ok(Self(inner));
            }
            if is_api(&request) {
                return Err(Problem::new(Code::StepUpRequired).into());
            }
            Err(redirect("proving again who it is", step_up_path(&way_back(&request))))
        })
    }
}
