use decision::{Action, On};
use model::{AccessMode, Edit, IdentityMode, Name, Visibility, Workspace, WorkspaceId};

use crate::{Error, Plan, Planning};

/// What about a workspace is to be otherwise. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// What people call it.
    pub name: Option<Name>,
    /// Who may know of it.
    pub visibility: Option<Visibility>,
    /// How agents get in.
    pub access_mode: Option<AccessMode>,
    /// Whether guests' agents come with them.
    pub guest_agents: Option<bool>,
    /// Whether an owner's invitation counts at once. What waits already goes on waiting.
    pub auto_accept_agents: Option<bool>,
    /// A stricter identity mode than the servers' own.
    pub identity_mode: Stricter,
}

/// What is to become of a stricter identity mode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stricter {
    /// It stays as it is.
    #[default]
    AsItIs,
    /// The servers' own counts alone.
    Lifted,
    /// It is this one.
    Mode(IdentityMode),
}

/// Changes a workspace's name and rules. Its slug stays: gateways name it in calls.
pub fn update(planning: &Planning<'_>, id: WorkspaceId, wanted: Rules) -> Result<Plan<Workspace>, Error> {
    let permit = planning.permit(Action::WorkspaceUpdate, On::Workspace(id))?;
    let before = planning.workspace(id)?.clone();
    planning.still(before.clone())?;
    let after = Workspace {
        id,
        slug: before.slug.clone(),
        name: wanted.name.unwrap_or_else(|| before.name.clone()),
        visibility: wanted.visibility.unwrap_or(before.visibility),
        access_mode: wanted.access_mode.unwrap_or(before.access_mode),
        guest_agents: wanted.guest_agents.unwrap_or(before.guest_agents),
        auto_accept_agents: wanted.auto_accept_agents.unwrap_or(before.auto_accept_agents),
        identity_mode: match wanted.identity_mode {
            Stricter::AsItIs => before.identity_mode,
            Stricter::Lifted => None,
            Stricter::Mode(mode) => Some(mode),
        },
    };
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
