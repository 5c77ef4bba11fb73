use std::future::{Ready, ready};
use std::sync::LazyLock;
use std::time::Duration;

use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use app::App;

use crate::buckets::Buckets;
use crate::{Problem, address};

/// Reports an address may send at once, and in an hour: some findings of one scan, and not a way to guess.
const PER_HOUR: u32 = 60;

/// One for the process: the server has a copy of its routes for each thread, and the limit is for an address, not for
/// an address and a thread.
static REPORTS: LazyLock<Buckets> = LazyLock::new(|| Buckets::new(PER_HOUR, Duration::from_hours(1)));

/// Somebody who sends a report, counted before its body is looked at.
pub(super) struct Reporter {
    /// How long they have to wait, where they have sent too many.
    pub(super) must_wait: Option<Duration>,
}

impl FromRequest for Reporter {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(app) = request.app_data::<Data<App>>() else { return ready(Err(Problem::internal())) };
        let now = app.engine.world().clock.monotonic();
        // Without an address there is nobody to count, so all of them share one bucket.
        let address = address::client(request).unwrap_or([0, 0, 0, 0].into());
        ready(Ok(Self { must_wait: REPORTS.take(address, now).err() }))
    }
}
