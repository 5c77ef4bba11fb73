use app::{App, Reading};
use decision::{Action, On, Reason};
use model::{PrincipalId, UserId};

use crate::Problem;

/// The person who puts steps away. Whoever is no person is refused, with evidence, as for every other change.
pub(super) async fn person(app: &App, reading: &Reading) -> Result<UserId, Problem> {
    if let Some(PrincipalId::User(user)) = reading.caller.principal {
        return Ok(user);
    }
    app.require(reading, Action::OrganizationUpdate, On::Organization).await?;
    Err(Problem::denied(Reason::PeopleOnly))
}
