use std::collections::BTreeSet;
use std::sync::Arc;

use decision::{Caller, Means};
use model::{Organization, OrganizationId, OrganizationMembership, PrincipalId, Session, Snapshot, UserId};

use super::trust::{accepts, honours_as_its_own};
use crate::{App, Error};

/// An organization that a signed-in person may enter, and as what.
#[derive(Debug, Clone)]
pub struct Place {
    /// The organization.
    pub organization: Arc<Organization>,
    /// The person's membership there.
    pub membership: Arc<OrganizationMembership>,
    /// Its facts.
    pub facts: Arc<Snapshot>,
    /// Whether it honours the session by an acceptance alone, of an account of another organization's provider.
    pub is_by_acceptance: bool,
}

impl Place {
    /// The person, as whom the organization knows them.
    pub fn caller(&self) -> Caller {
        Caller { principal: Some(PrincipalId::User(self.membership.user)), means: Means::Session }
    }
}

impl App {
    /// The organization of that slug or id, where the person of the session is an active member and the session is
    /// honoured. None says nothing of whether it exists.
    pub async fn place(&self, session: &Session, named: &str) -> Result<Option<Place>, Error> {
        match self.organization_named(named).await? {
            Some(id) => self.place_of(session, id).await,
            None => Ok(None),
        }
    }

    /// The id behind a slug, or the id itself: it may be nobody's.
    pub(crate) async fn organization_named(&self, named: &str) -> Result<Option<OrganizationId>, Error> {
        let by_slug = self.engine.organization_by_slug(named).await?;
        Ok(by_slug.or_else(|| named.parse().ok()))
    }

    /// Every organization that the session opens, by name.
    pub async fn places(&self, session: &Session) -> Result<Vec<Place>, Error> {
        let mut places = Vec::new();
        for id in self.store.organizations_of(session.user).await? {
            places.extend(self.place_of(session, id).await?);
        }
        places.sort_by(|a, b| a.organization.name.as_str().cmp(b.organization.name.as_str()));
        Ok(places)
    }

    /// The organization of that name, where it ended the session for itself and the person is still an active member:
    /// they may come in by another.
    pub async fn ended_in(&self, session: &Session, named: &str) -> Result<Option<Arc<Organization>>, Error> {
        if session.closed_to.is_empty() {
            return Ok(None);
        }
        let again = Session { closed_to: BTreeSet::new(), ..session.clone() };
        let place = self.place(&again, named).await?;
        Ok(place.map(|place| place.organization))
    }

    async fn place_of(&self, session: &Session, id: OrganizationId) -> Result<Option<Place>, Error> {
        let facts = match self.engine.replica().hold(id).await {
            Err(enforcement::Missing::Unknown) => return Ok(None),
            held => held?,
        };
        let Some(organization) = facts.organization().cloned() else { return Ok(None) };
        let member = facts.member(session.user).filter(|member| member.is_active()).cloned();
        let Some(membership) = member else { return Ok(None) };
        if honours_as_its_own(&facts, session) {
            return Ok(Some(Place { organization, membership, facts, is_by_acceptance: false }));
        }
        let (Some(accepted), Some(home)) = (accepts(&facts, session), session.origin.organization()) else {
            return Ok(None);
        };
        let vouches = self.vouches(home, accepted).await?;
        Ok(vouches.then_some(Place { organization, membership, facts, is_by_acceptance: true }))
    }

    /// What a person is called.
    pub async fn person(&self, user: UserId) -> Result<Option<model::User>, Error> {
        Ok(self.store.user(user).await?)
    }
}
