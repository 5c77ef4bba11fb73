use decision::{Action, On};
use model::{AcceptedIdentity, AcceptedIdentityId, FactKind, OrganizationId, Timestamp, UserId};

use crate::{App, Error, Reading};

/// An account of another organization's provider, accepted or asked for. Whose provider it is, is not told: the issuer
/// says as much as the person has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideIdentity {
    /// Its id.
    pub id: AcceptedIdentityId,
    /// Who says who they are.
    pub issuer: String,
    /// Who they are, there.
    pub subject: String,
    /// How far it has come.
    pub standing: Standing,
}

/// How far an account has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It waits for somebody to answer.
    Asked {
        /// When they asked last.
        at: Timestamp,
    },
    /// It was accepted.
    Accepted {
        /// By whom.
        by: UserId,
        /// When.
        at: Timestamp,
        /// Why it opens nothing now. None: it does.
        idle: Option<Idle>,
    },
}

/// Why an account that was accepted opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// The organization demands its own provider.
    Demanded,
    /// Its provider does not vouch for it as it did when it was accepted.
    NotVouchedFor,
}

impl App {
    /// By which accounts of other organizations' providers a person comes in, and by which they ask to.
    pub async fn outside_identities(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        user: UserId,
    ) -> Result<Vec<OutsideIdentity>, Error> {
        reading.check(Action::IdentityRead, On::Member(user))?;
        reading.facts.member(user).ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
        let mut all = Vec::new();
        for identity in reading.facts.identities_of(user) {
            let idle = match reading.facts.enforced_connection() {
                Some(_) => Some(Idle::Demanded),
                None => (!self.still_vouches(identity).await?).then_some(Idle::NotVouchedFor),
            };
            let standing = Standing::Accepted { by: identity.accepted_by, at: identity.accepted_at, idle };
            let AcceptedIdentity { id, issuer, subject, .. } = AcceptedIdentity::clone(identity);
            all.push(OutsideIdentity { id, issuer, subject, standing });
        }
        for asked in self.store.identity_requests_of(organization, user).await? {
            let standing = Standing::Asked { at: asked.asked_at };
            let store::IdentityRequest { id, issuer, subject, .. } = asked;
            all.push(OutsideIdentity { id, issuer, subject, standing });
        }
        Ok(all)
    }

    /// Whether the connection of an account vouches for it as it did when it was accepted, whosever it is.
    pub(super) async fn still_vouches(&self, identity: &AcceptedIdentity) -> Result<bool, Error> {
        match self.store.organization_of_connection(identity.connection).await? {
            Some(home) => self.vouches(home, identity).await,
            None => Ok(false),
        }
    }
}
