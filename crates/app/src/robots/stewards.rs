use model::UserId;

use crate::plan::Checks;
use crate::{Error, Planning};

/// Everybody in a list of twenty can still be asked; more would mean that nobody feels asked.
const STEWARD_LIMIT: usize = 20;

/// Stewards as they are kept: active members, each once, in the order in which they were named.
pub(super) fn checked_stewards(planning: &Planning<'_>, named: Vec<UserId>) -> Result<Vec<UserId>, Error> {
    let mut checks = Checks::default();
    let mut stewards = Vec::new();
    for (at, user) in named.into_iter().enumerate() {
        if !planning.facts.member(user).is_some_and(|member| member.is_active()) {
            checks.wrong(format!("stewards[{at}]"), "no active member of the organization");
        } else if !stewards.contains(&user) {
            stewards.push(user);
        }
    }
    if stewards.len() > STEWARD_LIMIT {
        checks.wrong("stewards", format!("at most {STEWARD_LIMIT}"));
    }
    checks.done()?;
    Ok(stewards)
}
