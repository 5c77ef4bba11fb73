use serde::{Deserialize, Serialize};

use crate::{
    Because, MemberInvitationId, OrganizationRole, RoleId, StateError, Timestamp, UserId, WorkspaceId,
};

/// A person's invitation to become a member of the organization. Not to be confused with [`crate::Invitation`], which
/// is an agent's to a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberInvitation {
    /// Its id.
    pub id: MemberInvitationId,
    /// Where it was sent. None: it is handed over as a link. It identifies nobody: whoever has the link may accept.
    pub email: Option<String>,
    /// What the person is to be.
    pub role: OrganizationRole,
    /// The workspaces they are to enter, and as what.
    pub places: Vec<InvitedPlace>,
    /// Who invites. It counts only while that person could still do so.
    pub invited_by: UserId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// SHA-256 of the secret in its link.
    pub hash: [u8; 32],
    /// How far it has come.
    pub state: MemberInvitationState,
    /// Whether who accepts it, signed in through another organization's provider, may come in by that account. One from
    /// before there was a choice accepts none.
    #[serde(default)]
    pub accepts_identity: bool,
}

/// A workspace that an invited person is to enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedPlace {
    /// Which.
    pub workspace: WorkspaceId,
    /// As what.
    pub role: RoleId,
}

/// How far a person's invitation has come. That its time is over is told by the clock alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MemberInvitationState {
    /// Waits for the person.
    Pending,
    /// Somebody became a member with it.
    Accepted {
        /// Who.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// It was taken back, or whoever made it lost the right to.
    Withdrawn(Because),
}

impl MemberInvitation {
    /// Whether it can be accepted at that moment, as far as it alone tells.
    pub fn is_open_at(&self, now: Timestamp) -> bool {
        self.state == MemberInvitationState::Pending && now < self.ends_at
    }

    /// A person becomes a member with it.
    pub fn accept(self, user: UserId, now: Timestamp) -> Result<Self, StateError> {
        if self.is_open_at(now) {
            Ok(Self { state: MemberInvitationState::Accepted { user, at: now }, ..self })
        } else {
            Err(StateError::new("accept", self.word_at(now)))
        }
    }

    /// It is taken back; one whose time is over too, so that nothing is left to wonder about.
    pub fn withdraw(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            MemberInvitationState::Pending => {
                Ok(Self { state: MemberInvitationState::Withdrawn(because), ..self })
            }
            MemberInvitationState::Accepted { .. } => Err(StateError::new("withdraw", "accepted")),
            MemberInvitationState::Withdrawn(_) => Err(StateError::new("withdraw", "withdrawn")),
        }
    }

    /// The word for how far it has come at that moment: `pending`, `accepted`, `withdrawn` or `expired`.
    pub fn word_at(&self, now: Timestamp) -> &'static str {
        match self.state {
            MemberInvitationState::Pending if now < self.ends_at => "pending",
            MemberInvitationState::Pending => "expired",
            MemberInvitationState::Accepted { .. } => "accepted",
            MemberInvitationState::Withdrawn(_) => "withdrawn",
        }
    }
}
