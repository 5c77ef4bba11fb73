use std::sync::Arc;

use decision::{Caller, Means};
use model::{Organization, OrganizationId, OrganizationMembership, PrincipalId, Session, Snapshot, UserId};

use super::honours;
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
        let by_slug = self.engine.organization_by_slug(named).await?;
        let Some(id) = by_slug.or_else(|| named.parse().ok()) else { return Ok(None) };
        self.place_of(session, id).await
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

    async fn place_of(&self, session: &Session, id: OrganizationId) -> Result<Option<Place>, Error> {
        let facts = match self.engine.replica().hold(id).await {
            Err(enforcement::Missing::Unknown) => return Ok(None),
            held => held?,
        };
        Ok(enter(facts, session))
    }

    /// What a person is called.
    pub async fn person(&self, user: UserId) -> Result<Option<model::User>, Error> {
        Ok(self.store.user(user).await?)
    }
}

fn enter(facts: Arc<Snapshot>, session: &Session) -> Option<Place> {
    let organization = Arc::clone(facts.organization()?);
    let membership = Arc::clone(facts.member(session.user)?);
    let may = membership.is_active() && honours(&facts, session);
    may.then_some(Place { organization, membership, facts })
}
