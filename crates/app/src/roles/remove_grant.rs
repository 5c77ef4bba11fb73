use decision::{Action, On};
use model::{Edit, FactKind, Grant, GrantId, RoleId};

use crate::{Error, Plan, Planning};

/// Takes a grant from a role: what only it gave is denied from this revision on.
pub fn remove_grant(planning: &Planning<'_>, role: RoleId, id: GrantId) -> Result<Plan<Grant>, Error> {
    let permit = planning.permit(Action::GrantRemove, On::Role(role))?;
    let grant = planning.facts.grant(id).filter(|grant| grant.role == role);
    let grant = Grant::clone(grant.ok_or(Error::NotFound(FactKind::Grant))?);
    planning.still(grant.clone())?;
    Ok(Plan::new(permit, vec![Edit::remove(grant.clone())], grant))
}
