use model::{KeyId, OrganizationId, PrincipalId, Revision, ServerId, Target, ToolId, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::{Action, Question, Reason, Step, Through};

/// Allow or deny.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It may.
    Allow,
    /// It may not.
    Deny,
}

/// The answer to a request, with everything it rests on.
///
/// Data: it can be recorded and shown by anybody. It becomes the power to write only through [`Decision::permit`],
/// and only this crate can make an allowed one.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub(crate) reason: Reason,
    pub(crate) public_reason: Reason,
    /// The organization that was asked: the one whose gateway, server and workspace it concerns.
    pub organization: Option<OrganizationId>,
    /// The revision of that organization's facts.
    pub revision: Revision,
    /// Where the principal belongs to another organization: which, and the revision of its facts.
    pub home: Option<(OrganizationId, Revision)>,
    /// Who acts.
    pub actor: Option<Party>,
    /// Who answers for it. Robots and people: none.
    pub owner: Option<Party>,
    /// The key that proved the actor.
    pub key: Option<KeyId>,
    /// The workspace, where it was found.
    pub workspace: Option<Place<WorkspaceId>>,
    /// The server, where it was found.
    pub server: Option<Place<ServerId>>,
    /// The tool, where it was found.
    pub tool: Option<Place<ToolId>>,
    /// The management action, where it is one.
    pub action: Option<Action>,
    /// What a management action is about.
    pub target: Option<Target>,
    /// Every question asked, in order.
    pub steps: SmallVec<[Step; 10]>,
    /// Duties on the gateway.
    pub obligations: Vec<Obligation>,
}

/// A principal and what it is called at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Which.
    #[serde(flatten)]
    pub id: PrincipalId,
    /// What it is called at the time.
    pub name: String,
}

/// A thing and what it is called at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place<Id> {
    /// Which.
    pub id: Id,
    /// Its slug or name at the time.
    pub name: String,
}

/// A duty on the gateway that comes with a decision. A gateway that cannot fulfil one has to refuse the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// Its stable kind.
    pub kind: String,
}

impl Decision {
    /// A decision that nothing has been asked for yet: it denies.
    pub(crate) fn undecided() -> Self {
        Self {
            reason: Reason::Malformed,
            public_reason: Reason::Malformed,
            organization: None,
            revision: Revision::default(),
            home: None,
            actor: None,
            owner: None,
            key: None,
            workspace: None,
            server: None,
            tool: None,
            action: None,
            target: None,
            steps: SmallVec::new(),
            obligations: Vec::new(),
        }
    }

    /// Whether it may.
    pub fn is_allowed(&self) -> bool {
        self.reason == Reason::Granted
    }

    /// Allow or deny.
    pub fn verdict(&self) -> Verdict {
        if self.is_allowed() { Verdict::Allow } else { Verdict::Deny }
    }

    /// Why, in full. For evidence, never for the caller.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Why, as the caller may know it: an unknown thing and a forbidden one look alike.
    pub fn public_reason(&self) -> Reason {
        self.public_reason
    }

    /// Who answers for the actor, as a user.
    pub fn owner_id(&self) -> Option<UserId> {
        match self.owner.as_ref()?.id {
            PrincipalId::User(id) => Some(id),
            PrincipalId::Agent(_) | PrincipalId::Robot(_) => None,
        }
    }

    pub(crate) fn holds(&mut self, question: Question, through: Option<Through>) {
        self.steps.push(Step { question, stops: None, through });
    }

    pub(crate) fn stops(&mut self, question: Question, reason: Reason, through: Option<Through>) {
        self.steps.push(Step { question, stops: Some(reason), through });
    }

    /// The first step that stops is the reason; none is an allow, unless nothing was asked at all.
    pub(crate) fn conclude(&mut self) {
        self.reason = match self.steps.iter().find_map(|step| step.stops) {
            Some(reason) => reason,
            None if self.steps.is_empty() => Reason::Malformed,
            None => Reason::Granted,
        };
        self.public_reason = self.reason;
    }
}
