use model::{Actor, OrganizationId, PrincipalId, Revision, Target};

use crate::{Action, Decision, Reason};

/// The proof that a write was decided and allowed. One permit, one transaction: it is given away to write.
///
/// Its fields are private and it has no constructor: the only way to one is [`Decision::permit`].
///
/// ```compile_fail
/// // Forging one elsewhere does not compile.
/// let permit = decision::Permit { decision: unimplemented!() };
/// ```
#[derive(Debug)]
pub struct Permit {
    decision: Decision,
    organization: OrganizationId,
    action: Action,
}

/// A refusal, with what the caller may know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Denial(pub Decision);

impl Decision {
    /// Turns an allowed management decision into the power to write it, and any other into a refusal.
    pub fn permit(self) -> Result<Permit, Box<Denial>> {
        match (self.is_allowed(), self.action, self.organization) {
            (true, Some(action), Some(organization)) => Ok(Permit { decision: self, organization, action }),
            _ => Err(Box::new(Denial(self))),
        }
    }
}

impl Permit {
    /// The decision it comes from: the evidence.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// The only organization in which it may be used.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// What it permits.
    pub fn action(&self) -> Action {
        self.action
    }

    /// What it permits it on.
    pub fn target(&self) -> Option<&Target> {
        self.decision.target.as_ref()
    }

    /// The revision of the facts that it was decided on. A write on any other has to be decided again.
    pub fn revision(&self) -> Revision {
        self.decision.revision
    }

    /// Who acts under it.
    pub fn actor(&self) -> Actor {
        Actor {
            principal: self.decision.actor.as_ref().map(|party| party.id),
            owner: self.decision.owner_id(),
            key: self.decision.key,
        }
    }

    /// The person who acts under it, where it is a person.
    pub fn user(&self) -> Option<model::UserId> {
        match self.decision.actor.as_ref()?.id {
            PrincipalId::User(id) => Some(id),
            PrincipalId::Agent(_) | PrincipalId::Robot(_) => None,
        }
    }
}

impl Denial {
    /// Why, as the caller may know it.
    pub fn reason(&self) -> Reason {
        self.0.public_reason()
    }
}
