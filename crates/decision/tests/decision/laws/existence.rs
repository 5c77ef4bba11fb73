//! What one may not use looks to the caller as if it were not there.

use model::{Edit, Member, PrincipalId, Scope, ScopeEntry, ServerId, WorkspaceId};
use proptest::prelude::*;

use super::{Count, Sides, for_all};
use crate::ask::Ask;
use crate::case::decided;
use crate::text::names;

/// A caller's call, seen from what the caller is given.
struct Given<'a> {
    sides: &'a Sides,
    member: Member,
    /// The ceilings that bound the caller: the agent's and the key's.
    scopes: Vec<Scope>,
    ask: &'a Ask,
}

impl<'a> Given<'a> {
    /// None: nobody is proven, and nothing about things is told at all.
    fn of(sides: &'a Sides, ask: &'a Ask) -> Option<Self> {
        let (home, principal) = (sides.home(ask), sides.principal(ask)?);
        let member = match principal {
            PrincipalId::User(id) => Member::User(id),
            PrincipalId::Robot(id) => Member::Robot(id),
            PrincipalId::Agent(id) => Member::User(home.agent(id)?.owner),
        };
        let agent = match principal {
            PrincipalId::Agent(id) => home.agent(id).map(|agent| agent.scope.clone()),
            _ => None,
        };
        let key =
            decided(&sides.host, &sides.away, ask).key.and_then(|id| home.key(id)?.limits.scope.clone());
        Some(Self { sides, member, scopes: agent.into_iter().chain(key).collect(), ask })
    }

    /// Whether some role gives the caller, anywhere, a grant on the server that reaches the tool, if one is named.
    fn granted(&self, server: ServerId, tool: Option<&str>) -> bool {
        let host = &self.sides.host;
        let mut roles = host.workspaces_of(self.member).flat_map(|w| host.roles_held(self.member, w));
        roles.any(|(_, role)| {
            host.grants_on(role, server)
                .any(|grant| tool.is_none_or(|tool| names(grant.tools.as_str().as_bytes(), tool.as_bytes())))
        })
    }

    /// Whether one of the ceilings has no entry at all of that sort.
    fn bounded(&self, sort: impl Fn(&ScopeEntry) -> bool) -> bool {
        self.scopes.iter().any(|scope| !scope.entries.iter().any(&sort))
    }

    /// Whether one of the ceilings names the thing, which then is no secret to the caller.
    fn named(&self, sort: impl Fn(&ScopeEntry) -> bool) -> bool {
        self.scopes.iter().any(|scope| scope.entries.iter().any(&sort))
    }

    fn hides_server(&self, server: ServerId) -> bool {
        let hidden = !self.granted(server, None)
            || self.bounded(|entry| entry.server.is_none_or(|named| named == server));
        hidden && !self.named(|entry| entry.server == Some(server))
    }

    fn hides_workspace(&self, workspace: WorkspaceId) -> bool {
        let stranger = self.sides.host.roles_held(self.member, workspace).next().is_none();
        let hidden = stranger || self.bounded(|entry| entry.workspace.is_none_or(|named| named == workspace));
        hidden && !self.named(|entry| entry.workspace == Some(workspace))
    }

    fn hides_tool(&self, server: ServerId, tool: &str) -> bool {
        let reaches = |entry: &ScopeEntry| names(entry.tools.as_str().as_bytes(), tool.as_bytes());
        !self.granted(server, Some(tool)) || self.bounded(reaches)
    }

    /// The call is answered as if the thing were gone.
    fn same_without(&self, edit: &Edit) -> Result<(), TestCaseError> {
        let mut host = self.sides.host.clone();
        host.edit(edit);
        let with = decided(&self.sides.host, &self.sides.away, self.ask);
        let home = if self.ask.abroad { &self.sides.away } else { &host };
        let without = decision::decide(&decision::Facts { host: &host, home }, self.ask.call());
        prop_assert!(!with.is_allowed(), "{:#?}", self.ask);
        let (told, would_be_told) = (with.public_reason(), without.public_reason());
        prop_assert_eq!(told, would_be_told, "{:#?} {:#?} {:#?}", self.ask, with.steps, without.steps);
        Ok(())
    }
}

#[test]
fn what_one_may_not_use_looks_as_if_it_were_not_there() {
    let (servers, workspaces, tools) = (Count::default(), Count::default(), Count::default());
    for_all(1500, |drawn| {
        let sides = Sides::of(&drawn);
        for ask in &drawn.asks {
            let Some(given) = Given::of(&sides, ask) else { continue };
            let server = sides.host.server_by_slug(&ask.server);
            if let Some(server) = server.filter(|server| given.hides_server(server.id)) {
                given.same_without(&Edit::remove((**server).clone()))?;
                servers.add();
            }
            let workspace = ask.workspace.as_ref().and_then(|slug| sides.host.workspace_by_slug(slug));
            if let Some(workspace) = workspace.filter(|workspace| given.hides_workspace(workspace.id)) {
                given.same_without(&Edit::remove((**workspace).clone()))?;
                workspaces.add();
            }
            let (Some(server), Some(name)) = (server, ask.what.tool()) else { continue };
            let tool = sides.host.tool_by_name(server.id, name);
            if let Some(tool) = tool.filter(|_| given.hides_tool(server.id, name)) {
                given.same_without(&Edit::remove((**tool).clone()))?;
                tools.add();
            }
        }
        Ok(())
    });
    servers.at_least(300, "servers were hidden");
    workspaces.at_least(300, "workspaces were hidden");
    tools.at_least(300, "tools were hidden");
}
