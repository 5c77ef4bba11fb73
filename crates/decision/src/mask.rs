//! What the caller of a call is told of the reason: an unknown thing and a forbidden one look alike.

use model::{Ceiling, Member, Scope, Snapshot, WorkspaceId};

use crate::call::Call;
use crate::reach::{agent_of, holds_something, member_of};
use crate::{Decision, Facts, Reason};

/// Chooses what the caller is told. Where the full reason, or any other step that stops, depends on whether a thing
/// exists, the answer is worked out from the names in the call alone, as if it did not: from the agent's and the
/// key's own scopes, which are the caller's to know.
pub(crate) fn mask(decision: &mut Decision, facts: &Facts<'_>, call: &Call<'_>) {
    if !decision.steps.iter().any(|step| step.stops.is_some_and(Reason::is_told_by_name)) {
        return;
    }
    let principal = decision.actor.as_ref().map(|party| party.id);
    let agent = principal.and_then(|principal| agent_of(facts, principal));
    let member = principal.and_then(|principal| member_of(principal, agent));
    let key_scope = decision.key.and_then(|id| facts.home.key(id)).and_then(|key| key.limits.scope.as_ref());
    let found = decision.workspace.as_ref().map(|place| place.id);
    let outside = |scope: &Scope| {
        let asked = named(facts.host, scope, member, found, call);
        scope.reaching(&asked).is_none()
    };
    decision.public_reason = if agent.is_some_and(|agent| outside(&agent.scope)) {
        Reason::OutsideScope
    } else if key_scope.is_some_and(outside) {
        Reason::OutsideKeyScope
    } else {
        Reason::NotGranted
    };
}

/// What the call names. A workspace that it leaves out and that was found counts only for who knows the server
/// anyway: the scope names it, or something on it is granted there.
fn named<'c>(
    host: &Snapshot,
    scope: &Scope,
    member: Option<Member>,
    found: Option<WorkspaceId>,
    call: &Call<'c>,
) -> Ceiling<'c> {
    let server = host.server_by_slug(call.server).map(|server| server.id);
    let known = |id: WorkspaceId| {
        server.is_some_and(|server| {
            scope.entries.iter().any(|entry| entry.server == Some(server))
                || member.is_some_and(|member| holds_something(host, member, id, server))
        })
    };
    let workspace = match call.workspace {
        Some(slug) => host.workspace_by_slug(slug).map(|workspace| workspace.id),
        None => found.filter(|id| known(*id)),
    };
    Ceiling { workspace, server, tool: call.operation.tool() }
}
