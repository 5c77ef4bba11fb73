use decision::{Caller, Means};
use model::{OrganizationId, UserId};
use store::Identity;

use super::provisioned::provisioned;
use super::{Finished, provision};
use crate::{App, Error, Planning, Request};

/// Somebody who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admitted {
    /// Who they are here.
    pub user: UserId,
    /// Whether nobody knew them before.
    pub is_new: bool,
}

impl App {
    /// Takes somebody in as the organization's rules have it, and says who they are here.
    ///
    /// `as_user` is who they are already, where they are signed in and tie this identity to themselves. Otherwise an
    /// identity that was bound says who they are; a new one is the person whom the directory brought, where that is beyond
    /// doubt, and else a new person, whatever address it has.
    pub async fn admit(&self, finished: &Finished, as_user: Option<UserId>) -> Result<Admitted, Error> {
        let known = self.known(finished).await?;
        match (&known, as_user) {
            (Some(identity), Some(user)) if identity.user != user => {
                let detail = "this account of the provider is somebody else's here";
                return Err(Error::Conflict { code: "taken", detail: detail.to_owned() });
            }
            _ => {}
        }
        let brought = match (&known, as_user) {
            (None, None) => {
                let facts = self.engine.replica().hold(finished.organization).await?;
                provisioned(&facts, &finished.person)?
            }
            _ => None,
        };
        let (identity, is_new) = match known {
            Some(identity) => (identity, false),
            None => (self.bind(finished, as_user.or(brought)).await?, true),
        };
        if let Some(user) = brought {
            self.bound_alone(finished, &identity, user).await?;
        }
        let caller = Caller { principal: None, means: Means::SignIn(finished.connection.id) };
        let request = Request { caller, organization: finished.organization, home: None, if_match: None };
        let (connection, person) = (&finished.connection, &finished.person);
        let note = format!("signed in through {}", connection.name);
        let plan = |planning: &Planning<'_>| {
            Ok(provision(planning, connection, person, identity.user)?.because(note))
        };
        let planned = self.change(request, plan).await;
        if let Err(error) = planned {
            if is_new {
                // Who was not taken in leaves nothing behind, so that an invitation later finds them a stranger.
                self.store.unbind_identity(finished.organization, &identity).await?;
            }
            // Whoever signs in may know why they were not taken in; it is about nobody but themselves.
            return Err(match error {
                Error::Hidden(denial) => Error::Denied(denial),
                other => other,
            });
        }
        let (now, address) = (self.engine.world().now(), finished.person.address.as_deref());
        self.store.use_identity(finished.organization, &identity, address, now).await?;
        Ok(Admitted { user: identity.user, is_new: is_new && as_user.is_none() && brought.is_none() })
    }

    /// A person of the directory is bound by their first sign-in alone: an address that the provider gives to somebody else
    /// later leads to nobody. Looked at after binding, so that of two at once neither gets in unseen.
    async fn bound_alone(&self, finished: &Finished, bound: &Identity, user: UserId) -> Result<(), Error> {
        if self.store.identities_of(finished.organization, user).await?.len() <= 1 {
            return Ok(());
        }
        self.store.unbind_identity(finished.organization, bound).await?;
        let detail = "the person of the directory with your address signs in with another account of a provider; ask an \
                      administrator";
        Err(Error::Conflict { code: "taken", detail: detail.to_owned() })
    }

    /// Who somebody is here already.
    pub async fn known(&self, finished: &Finished) -> Result<Option<Identity>, Error> {
        let (organization, connection) = (finished.organization, finished.connection.id);
        let person = &finished.person;
        Ok(self.store.identity(organization, connection, &person.issuer, &person.subject).await?)
    }

    /// Binds an identity before there is a member: should the program stop in between, the next sign-in finds the same
    /// person and goes on.
    async fn bind(&self, finished: &Finished, as_user: Option<UserId>) -> Result<Identity, Error> {
        let world = self.engine.world();
        let now = world.now();
        let organization: OrganizationId = finished.organization;
        let identity = Identity {
            connection: finished.connection.id,
            issuer: finished.person.issuer.clone(),
            subject: finished.person.subject.clone(),
            user: as_user.unwrap_or_else(|| UserId::draw(now, &mut world.entropy())),
            address: finished.person.address.clone(),
            created_at: now,
            last_used_at: now,
        };
        if self.store.bind_identity(organization, &identity).await? {
            return Ok(identity);
        }
        // Somebody was faster, by a second tab: they are the same person, or the attempt is refused above next time.
        let known = self.known(finished).await?;
        known.filter(|known| as_user.is_none_or(|user| known.user == user)).ok_or_else(|| {
            let detail = "this account of the provider was just taken into use; sign in again";
            Error::Conflict { code: "taken", detail: detail.to_owned() }
        })
    }
}
