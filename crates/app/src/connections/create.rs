use decision::{Action, On};
use model::{Connection, ConnectionId, ConnectionState, Edit, Name};

use super::CheckedTerms;
use super::terms::places_are_there;
use crate::{Error, Plan, Planning};

/// More ways in than anybody keeps apart; each is asked about at every sign-in.
const MOST: usize = 20;

/// A way in to be set up. Nobody comes in by it before it was tested.
#[derive(Debug, Clone)]
pub struct NewConnection {
    /// What it is called.
    pub name: Name,
    /// What everybody who comes in by it depends on.
    pub terms: CheckedTerms,
}

/// Sets a way in up.
pub fn create(planning: &Planning<'_>, new: NewConnection) -> Result<Plan<Connection>, Error> {
    let permit = planning.permit(Action::ConnectionCreate, On::Organization)?;
    if planning.facts.list_connections(None).count() >= MOST {
        let detail = format!("there are {MOST} connections already; remove one first");
        return Err(Error::Conflict { code: "too_many", detail });
    }
    let terms = new.terms.terms();
    places_are_there(planning, &terms)?;
    let connection = Connection {
        id: ConnectionId::draw(planning.now, &mut planning.entropy()),
        name: new.name,
        terms,
        state: ConnectionState::Draft,
        proposal: None,
        created_at: planning.now,
    };
    Ok(Plan::new(permit, vec![Edit::create(connection.clone())], connection))
}
