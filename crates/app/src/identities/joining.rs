use model::{Origin, Session};

use crate::member_invitations::Shown;
use crate::{App, Error};

/// What becomes of the way in by which somebody is signed in, once they join an organization by an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joining {
    /// The organization takes it as it is.
    Plain,
    /// The account that they came in as is accepted with the invitation.
    Accepted,
    /// Its owners and administrators are asked to accept it.
    Asked,
    /// It demands its own provider, by that name.
    Demanded(String),
    /// They came in by it before that was kept, or it has changed since: they sign in anew first.
    Anew,
}

impl App {
    /// What will become of the way in of a session, once its person accepts an invitation.
    pub async fn joining(&self, shown: &Shown, session: &Session) -> Result<Joining, Error> {
        let home = shown.facts.organization().map(|organization| organization.id);
        let is_outside =
            matches!(session.origin, Origin::Connection { organization, .. } if Some(organization) != home);
        if !is_outside {
            return Ok(Joining::Plain);
        }
        if let Some(connection) = shown.facts.enforced_connection() {
            return Ok(Joining::Demanded(connection.name.to_string()));
        }
        Ok(match self.account_of(session).await? {
            None => Joining::Anew,
            Some(_) if shown.invitation.accepts_identity => Joining::Accepted,
            Some(_) => Joining::Asked,
        })
    }
}
