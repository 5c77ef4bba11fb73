use std::sync::Arc;

use decision::{Action, Caller, Facts, Manage, On, Reason, decide};
use model::{Holder, OrganizationId, Snapshot, Timestamp};

use crate::{App, Error};

/// The facts of an organization in the eyes of one caller.
pub struct Reading {
    /// The facts.
    pub facts: Arc<Snapshot>,
    /// Who looks.
    pub caller: Caller,
    /// When.
    pub now: Timestamp,
}

impl App {
    /// The facts of an organization, for somebody to look at.
    pub async fn read(&self, caller: Caller, organization: OrganizationId) -> Result<Reading, Error> {
        let facts = self.engine.replica().hold(organization).await?;
        Ok(Reading { facts, caller, now: self.engine.world().now() })
    }

    /// Refuses an attempt at what the caller may not do before anything else of it is looked at. Such a refusal is
    /// evidence, as that of a use case is.
    pub async fn require(&self, reading: &Reading, action: Action, on: On) -> Result<(), Error> {
        let error = match reading.require(action, on) {
            Err(Error::Denied(denial)) if !reading_action(on).is_none_or(|read| reading.may(read, on)) => {
                Error::Hidden(denial)
            }
            Err(error) => error,
            Ok(()) => return Ok(()),
        };
        self.record_refusal(&error).await?;
        Err(error)
    }
}

impl Reading {
    /// Whether the caller may do that.
    pub fn may(&self, action: Action, on: On) -> bool {
        self.why_not(action, on).is_none()
    }

    /// Why the caller may not do that: what stands beside a button that cannot be pressed. None: they may.
    pub fn why_not(&self, action: Action, on: On) -> Option<Reason> {
        let manage = Manage { now: self.now, caller: self.caller, action, on };
        let decision = decide(&Facts::of(&self.facts), manage);
        (!decision.is_allowed()).then(|| decision.public_reason())
    }

    /// Refuses what the caller may not see, exactly as if it were not there.
    pub fn check(&self, action: Action, on: On) -> Result<(), Error> {
        match self.require(action, on) {
            // Where there is nothing to hide, because everybody knows that lists exist, the reason is told.
            Err(Error::Denied(denial)) if !matches!(on, On::Organization | On::Evidence(_)) => {
                Err(Error::Hidden(denial))
            }
            checked => checked,
        }
    }

    /// Refuses what the caller may not do with something that they know of, and says why.
    pub fn require(&self, action: Action, on: On) -> Result<(), Error> {
        let manage = Manage { now: self.now, caller: self.caller, action, on };
        decide(&Facts::of(&self.facts), manage).permit().map(drop).map_err(Error::Denied)
    }
}

/// The action that is seeing that thing at all.
pub(crate) fn reading_action(on: On) -> Option<Action> {
    match on {
        On::Organization | On::Evidence(_) | On::NewAgent(..) => None,
        On::Group(_) | On::GroupGives(..) => Some(Action::GroupRead),
        On::Member(_) | On::MemberAs(..) => Some(Action::MemberRead),
        On::Invited(..) => Some(Action::MemberInvitationRead),
        On::Workspace(_) | On::Place(..) => Some(Action::WorkspaceRead),
        On::Agent(_) => Some(Action::AgentRead),
        On::Robot(_) => Some(Action::RobotRead),
        On::Server(_) => Some(Action::ServerRead),
        On::Role(_) => Some(Action::RoleRead),
        On::Gateway(_) => Some(Action::GatewayRead),
        On::Connection(_) => Some(Action::ConnectionRead),
        On::Domain(_) => Some(Action::DomainRead),
        On::KeysOf(
            Holder::Agent(_) | Holder::Robot(_) | Holder::Gateway(_) | Holder::User(_) | Holder::Directory(_),
        ) => Some(Action::KeyRead),
    }
}
