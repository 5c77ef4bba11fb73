use chrono::TimeDelta;
use decision::{Action, On};
use model::{Deletion, Edit, Organization};

use crate::organizations::update::present;
use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Refuses everything in the organization until the operator resumes it. The operator's own.
pub fn suspend(planning: &Planning<'_>, reason: &str) -> Result<Plan<Organization>, Error> {
    let permit = planning.permit(Action::OrganizationSuspend, On::Organization)?;
    let before = present(planning)?;
    let after = before.clone().suspend(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Lets a suspended organization act again. The operator's own.
pub fn resume(planning: &Planning<'_>, reason: &str) -> Result<Plan<Organization>, Error> {
    let permit = planning.permit(Action::OrganizationResume, On::Organization)?;
    let before = present(planning)?;
    let after = before.clone().resume()?;
    let plan = Plan::new(permit, vec![Edit::update(before, after.clone())], after);
    Ok(plan.because(sentence("reason", reason)?))
}

/// Begins the organization's end: from this revision on everything in it is refused, and after `window` its rows go,
/// its evidence and the key of its secrets among them. Until then an owner or the operator can undo it.
pub fn delete(planning: &Planning<'_>, reason: &str, window: TimeDelta) -> Result<Plan<Organization>, Error> {
    let permit = planning.permit(Action::OrganizationDelete, On::Organization)?;
    let before = present(planning)?;
    planning.still(before.clone())?;
    let because = planning.because(&sentence("reason", reason)?);
    let after = before.clone().delete(Deletion { because, gone_at: planning.now + window })?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Takes the organization's end back: it acts again, with everybody and everything in it as they were.
pub fn undelete(planning: &Planning<'_>, reason: &str) -> Result<Plan<Organization>, Error> {
    let permit = planning.permit(Action::OrganizationUndelete, On::Organization)?;
    let before = present(planning)?;
    planning.still(before.clone())?;
    let after = before.clone().undelete()?;
    let plan = Plan::new(permit, vec![Edit::update(before, after.clone())], after);
    Ok(plan.because(sentence("reason", reason)?))
}
