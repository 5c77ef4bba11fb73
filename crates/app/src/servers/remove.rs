use decision::{Action, On};
use model::{Attachment, Edit, Server, ServerId};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Takes a server out of use: it is offered nowhere from this revision on. It stays in the evidence, and its slug is
/// never used again. The grants that name it stay with their roles and reach nothing.
pub fn remove(planning: &Planning<'_>, id: ServerId, reason: &str) -> Result<Plan<Server>, Error> {
    let permit = planning.permit(Action::ServerRemove, On::Server(id))?;
    let before = planning.server(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().remove(planning.because(&sentence("reason", reason)?))?;
    let places = planning.facts.places_of(id);
    let mut edits: Vec<Edit> =
        places.map(|workspace| Edit::remove(Attachment { server: id, workspace })).collect();
    edits.push(Edit::update(before, after.clone()));
    Ok(Plan::new(permit, edits, after))
}
