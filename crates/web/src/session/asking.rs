use std::sync::LazyLock;
use std::time::Duration;

use app::App;
use model::UserId;

use crate::Problem;
use crate::buckets::Buckets;
use crate::problem::Code;

/// Nobody belongs to so many organizations that they would ask more of them in an hour, and each request looks for one
/// by its name.
const PER_HOUR: u32 = 30;

static ASKED: LazyLock<Buckets<UserId>> = LazyLock::new(|| Buckets::new(PER_HOUR, Duration::from_hours(1)));

/// Counts that a person asks an organization to let them in, whether there is such an organization or not.
pub(crate) fn count_asking(app: &App, user: UserId) -> Result<(), Problem> {
    let taken = ASKED.take_of(user, app.engine.world().clock.monotonic());
    let asked = "You have asked too many organizations to let you in.";
    taken.map_err(|wait| Problem::new(Code::TooManyRequests).detail(asked).after(wait))
}
