use model::{OrganizationId, Origin, Session};

use crate::{App, Error};

impl App {
    /// Refuses a session that came in through an organization's provider, where the person is a member of others too and
    /// wants to change how they prove here who they are (security.md S2).
    ///
    /// Whoever may edit a connection can say through it that they are anybody who came in by it. It opens their own
    /// organization to them and no other; a password that was set with it would open all of them. What another one
    /// accepts is not counted: it can be withdrawn, and a password would stay.
    pub async fn speaks_for_the_person(&self, session: &Session) -> Result<(), Error> {
        if matches!(session.origin, Origin::Local { .. }) {
            return Ok(());
        }
        let all = self.store.organizations_of(session.user).await?.len();
        let open = self.places(session).await?;
        let own = open.iter().filter(|place| !place.is_by_acceptance).count();
        if own == all { Ok(()) } else { Err(elsewhere()) }
    }

    /// Refuses to tie an account of an organization's provider to a person, by a session that another organization's
    /// provider vouches for: who could say that they are the person there would be them here from then on, whatever is
    /// withdrawn.
    pub(crate) async fn may_tie(&self, session: &Session, organization: OrganizationId) -> Result<(), Error> {
        if matches!(session.origin, Origin::Local { .. }) {
            return Ok(());
        }
        match self.place(session, &organization.to_string()).await? {
            Some(place) if !place.is_by_acceptance => Ok(()),
            _ => Err(elsewhere()),
        }
    }
}

fn elsewhere() -> Error {
    let detail = "you signed in through the provider of one of your organizations, and what you want counts in others \
        too; sign in with a passkey, a password, or a link of whoever runs this installation";
    Error::Conflict { code: "other_organization", detail: detail.to_owned() }
}
