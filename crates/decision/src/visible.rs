//! The same evaluator, asked for many things at once.

use model::{GrantId, PrincipalId, Snapshot, Tool, ToolId};

use crate::call::Operation;
use crate::decide::name_actor;
use crate::reach::{self, Access};
use crate::{Decision, Facts};

/// Whether a principal may make a call, with every question and its answer: what a gateway would be answered if the
/// principal proved itself with a key without limits. Without arguments in a [`Operation::Visibility`]: whether some
/// call of the tool would be allowed.
pub fn why(
    facts: &Facts<'_>,
    principal: PrincipalId,
    server: &str,
    workspace: Option<&str>,
    operation: Operation<'_>,
) -> Decision {
    by(facts, principal, server, workspace, operation, None)
}

/// The ways by which a principal may come to a tool: in each workspace that offers its server, or in one alone, by each
/// grant of a role held there that names the tool, as if there were no other; the one that comes nearest first. What no
/// grant reaches is one way, which says so. Not more than `most`.
pub fn ways(
    facts: &Facts<'_>,
    principal: PrincipalId,
    server: &str,
    workspace: Option<&str>,
    operation: Operation<'_>,
    most: usize,
) -> Vec<Decision> {
    let host = facts.host;
    let Some(found) = host.server_by_slug(server) else { return Vec::new() };
    let member = reach::member_of(principal, reach::agent_of(facts, principal));
    let names = |grant: &GrantId| {
        let tool = operation.tool();
        host.grant(*grant).is_some_and(|grant| tool.is_none_or(|tool| grant.tools.matches(tool)))
    };
    let mut ways = Vec::new();
    for place in host.places_of(found.id).filter_map(|id| host.workspace(id)) {
        let slug = place.slug.as_str();
        if workspace.is_some_and(|only| only != slug) {
            continue;
        }
        let roles = member.into_iter().flat_map(|member| reach::roles(host, member, place.id));
        let grants = roles.flat_map(|role| host.grants_on(role, found.id)).map(|grant| grant.id);
        let mut grants: Vec<Option<GrantId>> = grants.filter(names).map(Some).collect();
        if grants.is_empty() {
            grants.push(None);
        }
        let room = most.saturating_sub(ways.len());
        let each = grants.into_iter().take(room);
        ways.extend(each.map(|only| by(facts, principal, server, Some(slug), operation, only)));
    }
    // Steps that hold before the first that does not.
    let reached = |way: &Decision| way.steps.iter().take_while(|step| step.stops.is_none()).count();
    ways.sort_by_key(|way| std::cmp::Reverse((way.is_allowed(), reached(way))));
    ways
}

fn by(
    facts: &Facts<'_>,
    principal: PrincipalId,
    server: &str,
    workspace: Option<&str>,
    operation: Operation<'_>,
    only: Option<GrantId>,
) -> Decision {
    let access = Access { only, ..access(principal, server, workspace, operation) };
    let mut decision = facts.begin();
    name_actor(facts, principal, &mut decision);
    reach::decide(facts, &access, &mut decision);
    decision.conclude();
    decision
}

fn access<'a>(
    principal: PrincipalId,
    server: &'a str,
    workspace: Option<&'a str>,
    operation: Operation<'a>,
) -> Access<'a> {
    Access {
        principal,
        server,
        workspace,
        operation,
        delegation_presented: false,
        key_scope: None,
        only: None,
    }
}

/// Whether a principal may see a tool of a server: whether some call of it would be allowed.
fn sees(
    facts: &Facts<'_>,
    principal: PrincipalId,
    server: &str,
    workspace: Option<&str>,
    tool: &Tool,
) -> bool {
    let operation = Operation::Visibility { name: tool.name.as_str() };
    why(facts, principal, server, workspace, operation).is_allowed()
}

/// Which tools of a server a principal may see, in the order of their names: what [`why`] allows of each. What is the
/// same for all of them is asked once, because lists ask this about every tool of every server.
pub fn what<'a>(
    facts: &'a Facts<'a>,
    principal: PrincipalId,
    server: &'a str,
    workspace: Option<&'a str>,
) -> impl Iterator<Item = &'a Tool> + 'a {
    let about = move |operation| access(principal, server, workspace, operation);
    let mut decision = facts.begin();
    name_actor(facts, principal, &mut decision);
    let there = reach::come(facts, &about(Operation::Session { method: "" }), &mut decision);
    let there = there.filter(|_| decision.steps.iter().all(|step| step.stops.is_none()));
    let asked = decision.steps.len();
    let tools = there
        .into_iter()
        .flat_map(|there| facts.host.tools_of(there.server.id).map(move |tool| (there, tool)));
    tools
        .map(|(there, tool)| (there, tool.as_ref()))
        .filter(move |(there, tool)| {
            decision.steps.truncate(asked);
            let operation = Operation::Visibility { name: tool.name.as_str() };
            reach::use_tool(facts.host, there, &about(operation), &mut decision);
            decision.conclude();
            decision.is_allowed()
        })
        .map(|(_, tool)| tool)
}

/// Who of an organization's own principals may see a tool: people, agents and robots, in the order of their ids.
pub fn who<'a>(
    snapshot: &'a Snapshot,
    tool: ToolId,
    workspace: Option<&'a str>,
) -> impl Iterator<Item = PrincipalId> + 'a {
    let tool = snapshot.tool(tool);
    let server = tool.and_then(|tool| snapshot.server(tool.server));
    let users = snapshot.list_members(None).map(|member| PrincipalId::User(member.user));
    let agents = snapshot.list_agents(None).map(|agent| PrincipalId::Agent(agent.id));
    let robots = snapshot.list_robots(None).map(|robot| PrincipalId::Robot(robot.id));
    users.chain(agents).chain(robots).filter(move |principal| match (tool, server) {
        (Some(tool), Some(server)) => {
            sees(&Facts::of(snapshot), *principal, server.slug.as_str(), workspace, tool)
        }
        _ => false,
    })
}
