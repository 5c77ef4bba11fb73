use std::future::{Ready, ready};
use std::net::IpAddr;
use std::time::Duration;

use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use app::App;

use crate::Problem;
use crate::buckets::Buckets;
use crate::problem::Code;

/// How much may be asked for from one address by people who are not signed in. For an address, so that who floods the
/// sign-in locks out nobody but their own; a password has limits for each account besides.
#[derive(Debug)]
pub struct Anonymous {
    requests: Option<Buckets>,
    newcomers: Option<Buckets>,
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

impl Anonymous {
    /// So many requests in a minute, and new people in an hour. 0: no limit.
    pub fn new(requests_per_minute: u32, newcomers_per_hour: u32) -> Self {
        let buckets = |size, within| (size > 0).then(|| Buckets::new(size, within));
        Self { requests: buckets(requests_per_minute, MINUTE), newcomers: buckets(newcomers_per_hour, HOUR) }
    }
}

/// Somebody who need not be signed in, counted by where they come from. Every form that anybody may send asks for it
/// ([`super::OpenForm`]), and every page that begins something without one.
#[derive(Debug, Clone, Copy)]
pub struct Anybody;

impl FromRequest for Anybody {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(count(request).map(|()| Self))
    }
}

/// Counts a request of somebody who need not be signed in.
pub(super) fn count(request: &HttpRequest) -> Result<(), Problem> {
    let asked = "Too many sign-ins were begun from where you are.";
    take(request, asked, |limits| limits.requests.as_ref())
}

/// Counts somebody new, who is about to be made: what comes of it stays.
pub(crate) fn count_newcomer(request: &HttpRequest) -> Result<(), Problem> {
    let asked = "Too many people and organizations were made from where you are.";
    take(request, asked, |limits| limits.newcomers.as_ref())
}

fn take(
    request: &HttpRequest,
    asked: &'static str,
    of: impl Fn(&Anonymous) -> Option<&Buckets>,
) -> Result<(), Problem> {
    let limits = request.app_data::<Data<Anonymous>>().ok_or_else(Problem::internal)?;
    let Some(buckets) = of(limits) else { return Ok(()) };
    let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
    // Without an address there is nobody to count, so all of them share one bucket.
    let address = crate::address::client(request).unwrap_or(IpAddr::from([0, 0, 0, 0]));
    let taken = buckets.take(address, app.engine.world().clock.monotonic());
    taken.map_err(|wait| Problem::new(Code::TooManyRequests).detail(asked).after(wait))
}
