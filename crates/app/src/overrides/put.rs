use decision::{Action, On};
use model::{
    AgentId, Edit, FactKind, OrganizationId, Override, OverrideId, ServerId, ToolPattern, WorkspaceId,
};

use crate::plan::Checks;
use crate::{Error, Plan, Planning};

/// An override is read at every call; as many entries as a scope may have.
const ENTRY_LIMIT: usize = 200;

/// How an agent is to be narrowed in a workspace.
#[derive(Debug, Clone, Default)]
pub struct Narrowing {
    /// Nothing at all is to be allowed to it there.
    pub blocked: bool,
    /// Tools that it must not call there.
    pub denied: Vec<(ServerId, ToolPattern)>,
}

/// Narrows an agent in a workspace, in place of what narrowed it there before.
///
/// The agent is looked for in [`Planning::home`]; one of another organization only where its owner is a member here.
pub fn put(
    planning: &Planning<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    wanted: Narrowing,
) -> Result<Plan<Override>, Error> {
    let permit = planning.permit(Action::OverridePut, On::Workspace(workspace))?;
    planning.workspace(workspace)?;
    let agent_organization = home_of(planning, agent)?;
    check(planning, &wanted)?;
    let before = standing(planning, workspace, agent).next();
    if let Some(before) = before {
        planning.still(before.clone())?;
    }
    let id =
        before.map_or_else(|| OverrideId::draw(planning.now, &mut planning.entropy()), |before| before.id);
    let Narrowing { blocked, denied } = wanted;
    let after = Override { id, workspace, agent_organization, agent, blocked, denied };
    let edit = match before {
        Some(before) => Edit::update(before.clone(), after.clone()),
        None => Edit::create(after.clone()),
    };
    Ok(Plan::new(permit, vec![edit], after))
}

/// What narrows the agent there now. There is at most one.
pub(super) fn standing<'a>(
    planning: &Planning<'a>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> impl Iterator<Item = &'a Override> {
    planning.facts.overrides_on(agent, workspace).map(AsRef::as_ref)
}

fn home_of(planning: &Planning<'_>, agent: AgentId) -> Result<OrganizationId, Error> {
    let unknown = || Error::NotFound(FactKind::Agent);
    let home = planning.home.organization().ok_or_else(unknown)?.id;
    let owner = planning.home.agent(agent).ok_or_else(unknown)?.owner;
    let own = planning.facts.organization().is_some_and(|organization| organization.id == home);
    if own || planning.facts.member(owner).is_some() { Ok(home) } else { Err(unknown()) }
}

fn check(planning: &Planning<'_>, wanted: &Narrowing) -> Result<(), Error> {
    let mut checks = Checks::default();
    if wanted.denied.len() > ENTRY_LIMIT {
        checks.wrong("denied", format!("at most {ENTRY_LIMIT} entries"));
    }
    if !wanted.blocked && wanted.denied.is_empty() {
        checks.wrong("denied", "it narrows nothing; block the agent, deny it a tool, or lift the override");
    }
    for (at, (server, _)) in wanted.denied.iter().enumerate() {
        if planning.facts.server(*server).is_none() {
            checks.wrong(format!("denied[{at}].server"), "no server of that id or slug");
        }
    }
    checks.done()
}
