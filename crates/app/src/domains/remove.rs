use decision::{Action, On};
use model::{DomainId, Edit};

use crate::{Error, Plan, Planning};

/// Gives a domain up. Another organization may prove it then.
pub fn remove(planning: &Planning<'_>, id: DomainId) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::DomainRemove, On::Domain(id))?;
    let before = planning.domain(id)?.clone();
    planning.still(before.clone())?;
    Ok(Plan::new(permit, vec![Edit::remove(before)], ()))
}
