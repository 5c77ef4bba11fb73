use app::accounts::NotSignedIn;
use chrono::{DateTime, Utc};

use crate::Problem;

/// What a page says to somebody who is not signed in; what is no answer to them but a failure, as a problem.
pub(super) fn said(error: NotSignedIn, now: DateTime<Utc>, wrong: &str) -> Result<String, Problem> {
    match error {
        NotSignedIn::Wrong => Ok(wrong.to_owned()),
        NotSignedIn::NotBefore(moment) => {
            let minutes = (moment - now).num_minutes().max(0) + 1;
            let unit = if minutes == 1 { "minute" } else { "minutes" };
            Ok(format!(
                "That was tried too often from here. Try again in {minutes} {unit}, or use another way."
            ))
        }
        NotSignedIn::Failed(error) => Err(error.into()),
    }
}
