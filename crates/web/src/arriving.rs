//! The body of a request to the management API, to SCIM, to the pages and to whoever reports something: waited for as
//! long as a body at the enforcement endpoint, and once for all who want it.

use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};

use crate::gateways::{GatewayState, Limits};
use crate::problem::{Code, Problem};

/// A body that is on its way. Everybody who waits for it gets the same.
pub(crate) type Arriving = Shared<LocalBoxFuture<'static, Result<Bytes, NotArrived>>>;

/// Why there is no whole body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotArrived {
    /// It is larger than is taken at that address.
    TooLarge,
    /// It did not come in time.
    Late,
    /// The connection broke or the framing is wrong.
    Broken,
}

impl From<NotArrived> for Problem {
    fn from(reason: NotArrived) -> Self {
        match reason {
            NotArrived::TooLarge => Code::TooLarge.into(),
            NotArrived::Late => Code::Timeout.into(),
            NotArrived::Broken => Self::malformed("the body could not be read".to_owned()),
        }
    }
}

/// What is kept with the request, so that the second who asks finds what the first has begun.
#[derive(Clone)]
struct Begun(Arriving);

/// The body of this request.
///
/// Whoever takes a turn of an organization waits for this first: a body that never comes must not hold one, or a few of
/// them would shut everybody else out.
pub(crate) fn arriving(request: &HttpRequest, payload: &mut Payload) -> Arriving {
    let known = request.extensions().get::<Begun>().cloned();
    if let Some(Begun(arriving)) = known {
        return arriving;
    }
    let limits = request.app_data::<Data<GatewayState>>().map_or_else(Limits::default, |state| state.limits);
    let bytes = Bytes::from_request(request, payload);
    let in_time = async move {
        match tokio::time::timeout(limits.body_patience, bytes).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) => Err(not_arrived(&error)),
            Err(_) => Err(NotArrived::Late),
        }
    };
    let arriving = in_time.boxed_local().shared();
    request.extensions_mut().insert(Begun(arriving.clone()));
    arriving
}

fn not_arrived(error: &actix_web::Error) -> NotArrived {
    match error.as_response_error().status_code().as_u16() {
        413 => NotArrived::TooLarge,
        _ => NotArrived::Broken,
    }
}

/// The bytes of a body, for whoever reads them without help.
pub(crate) struct Arrived(pub(crate) Bytes);

impl FromRequest for Arrived {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = arriving(request, payload);
        Box::pin(async move { Ok(Self(body.await?)) })
    }
}
