use std::collections::BTreeSet;
use std::sync::Arc;

use decision::Facts;
use model::{Agent, Member, PrincipalId, Snapshot, Workspace};

/// How far an agent comes in one organization: what [`super::access_of`] shows line by line, counted.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// The workspaces where it may use something, by name.
    pub workspaces: Vec<Arc<Workspace>>,
    /// How many tools it may use, each counted once.
    pub tools: usize,
}

/// Counts what an agent may use in its own organization. For lists, where nobody asks about every single tool why.
pub fn reach_of(facts: &Snapshot, agent: &Agent) -> Reach {
    let mut places: Vec<_> = facts.workspaces_of(Member::User(agent.owner)).collect();
    places.dedup();
    let (mut workspaces, mut tools) = (Vec::new(), BTreeSet::new());
    for workspace in places.into_iter().filter_map(|id| facts.workspace(id)) {
        let about = Facts::of(facts);
        let offered = facts.servers_in(workspace.id).filter(|server| server.is_active());
        let seen =
            |slug| decision::what(&about, PrincipalId::Agent(agent.id), slug, Some(workspace.slug.as_str()));
        let before = workspaces.len();
        for tool in offered.flat_map(|server| seen(server.slug.as_str())) {
            if workspaces.len() == before {
                workspaces.push(Arc::clone(workspace));
            }
            tools.insert(tool.id);
        }
    }
    workspaces.sort_by(|a, b| a.name.cmp(&b.name));
    Reach { workspaces, tools: tools.len() }
}
