use model::{AgentId, FactKind, Invitation, OrganizationId, Scope, WorkspaceId};

use crate::agents::scope::check_scope;
use crate::agents::{Ceilings, set_scope};
use crate::invitations::invite;
use crate::plan::Checks;
use crate::{App, Error, Plan, Planning, Request, version_of};

/// An owner's wish to bring an agent into a workspace, with the scope that it is to have there.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The organization of the workspace.
    pub host: OrganizationId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The agent.
    pub agent: AgentId,
    /// For whoever answers.
    pub message: String,
    /// The agent's scope from then on. None: as it is.
    pub scope: Option<Scope>,
}

/// What came of a wish.
#[derive(Debug)]
pub struct Asked {
    /// The invitation.
    pub invitation: Invitation,
    /// Whether the scope is as it was wished. It is not where a host was asked and the scope, which is written at home,
    /// was changed by somebody in that very moment.
    pub is_scoped: bool,
}

/// Changes an agent's scope and asks for it to be let into a workspace of its own organization, in one go: refused the
/// one, nothing of the other is written. A scope that was changed since the caller saw it is not overwritten.
pub fn invite_with_scope(planning: &Planning<'_>, wish: &Wish) -> Result<Plan<Invitation>, Error> {
    let ask = |planning: &Planning<'_>| invite(planning, wish.workspace, wish.agent, &wish.message);
    let Some(scope) = wish.scope.clone() else { return ask(planning) };
    let scoped = set_scope(planning, wish.agent, Ceilings { scope: Some(scope), never: None })?;
    Ok(planning.after(&scoped.edits, ask)?.following(scoped))
}

impl App {
    /// Asks for an agent to be let into a workspace, of its own organization or of another, with a scope for it.
    /// `request` is the agent's organization's.
    ///
    /// Two organizations share no transaction. Of a host it is asked first, after what is known to refuse the scope was
    /// looked at: so a refusal changes nothing, and what can be left undone is a scope that somebody else has just
    /// changed.
    pub async fn invite_agent(&self, request: Request, wish: Wish) -> Result<Asked, Error> {
        if wish.host == request.organization {
            let changed = self.change(request, |planning| invite_with_scope(planning, &wish)).await?;
            return Ok(Asked { invitation: changed.value, is_scoped: true });
        }
        self.scope_can_be_set(&request, &wish).await?;
        let at_host = Request {
            organization: wish.host,
            home: Some(request.organization),
            if_match: None,
            ..request.clone()
        };
        let ask = |planning: &Planning<'_>| invite(planning, wish.workspace, wish.agent, &wish.message);
        let invitation = self.change(at_host, ask).await?.value;
        let Some(scope) = wish.scope else { return Ok(Asked { invitation, is_scoped: true }) };
        let wanted = Ceilings { scope: Some(scope), never: None };
        let scoped = self.change(request, |planning| set_scope(planning, wish.agent, wanted)).await;
        match scoped {
            Ok(_) => Ok(Asked { invitation, is_scoped: true }),
            Err(Error::Stale { .. } | Error::Denied(_) | Error::Hidden(_) | Error::NotFound(_)) => {
                Ok(Asked { invitation, is_scoped: false })
            }
            Err(error) => Err(error),
        }
    }

    /// Refuses beforehand a scope that is too long, or was changed since the caller saw it.
    async fn scope_can_be_set(&self, request: &Request, wish: &Wish) -> Result<(), Error> {
        let Some(scope) = &wish.scope else { return Ok(()) };
        let mut checks = Checks::default();
        check_scope(&mut checks, "scope", scope);
        checks.done()?;
        let home = self.engine.replica().hold(request.organization).await?;
        let agent = home.agent(wish.agent).ok_or(Error::NotFound(FactKind::Agent))?;
        let current = version_of(&model::Agent::clone(agent).into());
        match &request.if_match {
            Some(seen) if *seen != current => Err(Error::Stale { current }),
            _ => Ok(()),
        }
    }
}
