use decision::{Action, On};
use model::{AccessMode, Edit, IdentityMode, Name, Slug, Visibility, Workspace, WorkspaceId};

use crate::{Error, Plan, Planning};

/// A workspace to be created.
#[derive(Debug, Clone)]
pub struct NewWorkspace {
    /// Its name in calls and URLs.
    pub slug: Slug,
    /// What people call it.
    pub name: Name,
    /// Who may know of it.
    pub visibility: Visibility,
    /// How agents get in.
    pub access_mode: AccessMode,
    /// Whether guests' agents come with them.
    pub guest_agents: bool,
    /// Whether an owner's invitation counts at once.
    pub auto_accept_agents: bool,
    /// A stricter identity mode than the servers' own.
    pub identity_mode: Option<IdentityMode>,
}

/// Creates a workspace. Nobody is in it yet, not even who creates it.
pub fn create(planning: &Planning<'_>, new: NewWorkspace) -> Result<Plan<Workspace>, Error> {
    let permit = planning.permit(Action::WorkspaceCreate, On::Organization)?;
    let slug = no_id(new.slug)?;
    if planning.facts.workspace_by_slug(slug.as_str()).is_some() {
        let detail = format!("there is a workspace `{slug}` already");
        return Err(Error::Conflict { code: "taken", detail });
    }
    let workspace = Workspace {
        id: WorkspaceId::draw(planning.now, &mut planning.entropy()),
        slug,
        name: new.name,
        visibility: new.visibility,
        access_mode: new.access_mode,
        guest_agents: new.guest_agents,
        auto_accept_agents: new.auto_accept_agents,
        identity_mode: new.identity_mode,
    };
    Ok(Plan::new(permit, vec![Edit::create(workspace.clone())], workspace))
}

/// A slug that reads as an id would name two things where either is understood.
pub(crate) fn no_id(slug: Slug) -> Result<Slug, Error> {
    if slug.as_str().parse::<WorkspaceId>().is_ok() {
        return Err(Error::invalid("slug", "it reads as an id; choose a word"));
    }
    Ok(slug)
}
