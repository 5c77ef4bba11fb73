use app::members::Cut;
use serde::Serialize;
use utoipa::ToSchema;

/// What ended in the same transaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct CutView {
    /// Agents that nobody answers for any more: latched until a person takes them over.
    pub agents: Ended,
    /// Keys that were revoked.
    pub keys: Ended,
    /// Invitations of agents that were withdrawn.
    pub invitations: Ended,
    /// Memberships in workspaces that were removed.
    pub workspace_memberships: Ended,
}

/// Things that ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ended {
    /// How many.
    pub count: usize,
    /// Which.
    pub ids: Vec<String>,
}

impl Ended {
    /// Those of these ids.
    pub fn of<Id: ToString>(ids: &[Id]) -> Self {
        Self { count: ids.len(), ids: ids.iter().map(ToString::to_string).collect() }
    }
}

impl From<&Cut> for CutView {
    fn from(cut: &Cut) -> Self {
        Self {
            agents: Ended::of(&cut.agents),
            keys: Ended::of(&cut.keys),
            invitations: Ended::of(&cut.invitations),
            workspace_memberships: Ended::of(&cut.workspace_memberships),
        }
    }
}
