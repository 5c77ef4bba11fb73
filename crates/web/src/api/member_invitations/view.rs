use app::{Reading, version_of};
use chrono::{DateTime, Utc};
use model::{MemberInvitation, MemberInvitationState};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::{BecauseView, Named};

/// A person's invitation to the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberInvitationView {
    /// Its id.
    pub id: Uuid,
    /// Where it was sent. Null: it was handed over as a link.
    pub email: Option<String>,
    /// What the person is to be: `owner`, `admin`, `member`, `auditor` or `guest`.
    pub role: &'static str,
    /// The workspaces they are to enter, and as what.
    pub workspaces: Vec<InvitedPlaceView>,
    /// Who invites.
    pub invited_by: Named,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub ends_at: DateTime<Utc>,
    /// `pending`, `accepted`, `withdrawn` or `expired`.
    pub state: &'static str,
    /// Who became a member with it.
    pub accepted_by: Option<Named>,
    /// Since when, by whom and why it is withdrawn.
    pub because: Option<BecauseView>,
    /// Whether who accepts it, signed in through another organization's provider, may come in by that account.
    pub accepts_identity: bool,
    /// For `If-Match`.
    pub version: String,
}

/// A workspace that an invited person is to enter.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedPlaceView {
    /// Which.
    pub workspace: Named,
    /// As what.
    pub role: Named,
}

impl MemberInvitationView {
    /// An invitation as the reader sees it.
    pub fn of(reading: &Reading, invitation: &MemberInvitation) -> Self {
        let facts = &reading.facts;
        let (accepted_by, because) = match &invitation.state {
            MemberInvitationState::Pending => (None, None),
            MemberInvitationState::Accepted { user, .. } => (Some(Named::user(facts, *user)), None),
            MemberInvitationState::Withdrawn(because) => (None, Some(because.into())),
        };
        let workspaces = invitation.places.iter().map(|place| InvitedPlaceView {
            workspace: Named {
                id: place.workspace.uuid(),
                name: facts.workspace(place.workspace).map(|w| w.name.to_string()).unwrap_or_default(),
            },
            role: Named {
                id: place.role.uuid(),
                name: facts.role(place.role).map(|role| role.name.to_string()).unwrap_or_default(),
            },
        });
        Self {
            id: invitation.id.uuid(),
            email: invitation.email.clone(),
            role: invitation.role.as_str(),
            workspaces: workspaces.collect(),
            invited_by: Named::user(facts, invitation.invited_by),
            created_at: invitation.created_at,
            ends_at: invitation.ends_at,
            state: invitation.word_at(reading.now),
            accepted_by,
            because,
            accepts_identity: invitation.accepts_identity,
            version: version_of(&invitation.clone().into()),
        }
    }
}
