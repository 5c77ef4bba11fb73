use decision::{Action, On, Permit};
use model::{Connection, ConnectionId, Edit, Proposal};

use super::terms::places_are_there;
use super::update::with_terms;
use crate::{Error, Plan, Planning};

/// Accepts what another person proposed.
pub fn accept(planning: &Planning<'_>, id: ConnectionId) -> Result<Plan<Connection>, Error> {
    let (permit, before, proposal) = proposed(planning, id)?;
    if permit.user() == Some(proposal.by) {
        let detail = "you proposed this; another owner or administrator has to accept it";
        return Err(Error::Conflict { code: "second_person", detail: detail.to_owned() });
    }
    places_are_there(planning, &proposal.terms)?;
    let after = with_terms(before.clone(), proposal.terms);
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Declines it. Whoever proposed it may too.
pub fn decline(planning: &Planning<'_>, id: ConnectionId) -> Result<Plan<Connection>, Error> {
    let (permit, before, _) = proposed(planning, id)?;
    let after = Connection { proposal: None, ..before.clone() };
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

fn proposed(planning: &Planning<'_>, id: ConnectionId) -> Result<(Permit, Connection, Proposal), Error> {
    let permit = planning.permit(Action::ConnectionApprove, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    planning.still(before.clone())?;
    let proposal = before.proposal.clone().ok_or_else(|| Error::Conflict {
        code: "state",
        detail: "nothing is proposed for this connection".to_owned(),
    })?;
    Ok((permit, before, *proposal))
}
