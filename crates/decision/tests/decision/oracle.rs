//! What the model says, read off the plain list of facts: no index, no shortcut, nothing of the engine.
//!
//! It says the code of the first question that fails, in the order of the model.

use decision::Subject;
use model::{
    AccessMode, Agent, AgentState, CredentialMode, Fact, Gateway, GatewayState, Holder, IdentityMode,
    InvitationState, Key, KeyState, MembershipState, OrganizationRole, OrganizationState, PrincipalId,
    RobotState, ScopeEntry, Server, ServerId, ServerState, Stop, Timestamp, Tool, ToolState, UserId,
    Workspace, WorkspaceId,
};

use crate::ask::{Ask, What};
use crate::edits::all;
use crate::text::{holds, lies_in, names};

/// The answer: nothing, or the code of what stands against it.
pub(crate) type Answer = Result<(), &'static str>;

/// The facts of both organizations, the call and who makes it.
struct Judge<'a> {
    host: &'a [Fact],
    home: &'a [Fact],
    ask: &'a Ask,
}

/// Answers a call at a moment.
pub(crate) fn judge(host: &[Fact], home: &[Fact], ask: &Ask, now: Timestamp) -> Answer {
    let judge = Judge { host, home, ask };
    let gateway = judge.gateway()?;
    let (principal, key) = judge.credential(gateway, now)?;
    judge.standing(principal)?;
    let server = all!(host, Server).find(|s| s.slug.as_str() == ask.server && s.state == ServerState::Active);
    let server = server.ok_or("server_unknown")?;
    let workspace = judge.workspace(server, principal, key)?;
    judge.entering(workspace, principal)?;
    judge.tool(server)?;
    judge.granted(server, workspace, principal)?;
    judge.ceilings(server, workspace, principal, key)?;
    judge.identity(server, workspace, principal)
}

fn deny_if(wrong: bool, code: &'static str) -> Answer {
    if wrong { Err(code) } else { Ok(()) }
}

impl<'a> Judge<'a> {
    fn gateway(&self) -> Result<&'a Gateway, &'static str> {
        let gateway =
            all!(self.host, Gateway).find(|g| g.id == self.ask.gateway).ok_or("gateway_inactive")?;
        deny_if(gateway.state != GatewayState::Active, "gateway_inactive")?;
        deny_if(self.ask.what == What::Malformed, "malformed")?;
        deny_if(self.ask.what == What::UnknownMethod, "method_unknown")?;
        deny_if(self.ask.what == What::Unseen && !gateway.allows_unseen_tools, "tool_unseen")?;
        Ok(gateway)
    }

    fn credential(
        &self,
        gateway: &Gateway,
        now: Timestamp,
    ) -> Result<(PrincipalId, Option<&'a Key>), &'static str> {
        let (number, mismatch) = match self.ask.subject {
            Subject::Missing => return Err("credential_missing"),
            Subject::Unknown => return Err("credential_unknown"),
            _ if !gateway.may_assert_subjects
                && matches!(self.ask.subject, Subject::Asserted(_) | Subject::AssertedUnknown) =>
            {
                return Err("subject_not_assertable");
            }
            Subject::AssertedUnknown => return Err("subject_unknown"),
            Subject::Asserted(principal) => return Ok((principal, None)),
            Subject::Key(number) => (number, false),
            Subject::Mismatch(number) => (number, true),
        };
        let key = all!(self.home, Key).find(|key| key.id == number).ok_or("credential_unknown")?;
        let principal = match key.holder {
            Holder::Agent(id) => PrincipalId::Agent(id),
            Holder::Robot(id) => PrincipalId::Robot(id),
            _ => return Err("credential_kind"),
        };
        let over = match key.state {
            KeyState::Revoked(_) => return Err("credential_revoked"),
            KeyState::Live => now >= key.expires_at,
            KeyState::Retiring { grace_expires_at, .. } => now >= key.expires_at || now >= grace_expires_at,
        };
        deny_if(over, "credential_expired")?;
        deny_if(mismatch, "subject_mismatch")?;
        let limits = &key.limits;
        let from = |address| limits.addresses.iter().any(|n| lies_in(address, n.network(), n.prefix_len()));
        deny_if(!limits.addresses.is_empty() && !self.ask.address.is_some_and(from), "address_not_allowed")?;
        let through = limits.gateways.is_empty() || limits.gateways.contains(&gateway.id);
        deny_if(!through, "gateway_not_allowed")?;
        deny_if(limits.max_uses.is_some_and(|most| self.ask.uses >= most), "uses_exhausted")?;
        Ok((principal, Some(key)))
    }

    fn standing(&self, principal: PrincipalId) -> Answer {
        for side in [self.host, self.home] {
            deny_if(
                !all!(side, Organization).any(|o| o.state == OrganizationState::Active),
                "organization_suspended",
            )?;
        }
        match principal {
            PrincipalId::User(user) => deny_if(!active(self.home, user), "user_inactive"),
            PrincipalId::Robot(id) => {
                match all!(self.home, Robot).find(|r| r.id == id).ok_or("subject_unknown")?.state {
                    RobotState::Live => Ok(()),
                    RobotState::Paused(_) => Err("robot_paused"),
                    RobotState::Deleted(_) => Err("robot_deleted"),
                }
            }
            PrincipalId::Agent(_) => {
                let agent = self.agent(principal).ok_or("subject_unknown")?;
                match agent.state {
                    AgentState::Live => {}
                    AgentState::Paused(_) => return Err("agent_paused"),
                    AgentState::Unowned(_) => return Err("agent_unowned"),
                    AgentState::Revoked(_) => return Err("agent_revoked"),
                }
                for side in [self.host, self.home] {
                    deny_if(all!(side, Organization).any(|o| o.stop != Stop::Released), "agents_stopped")?;
                }
                deny_if(!active(self.home, agent.owner), "owner_inactive")
            }
        }
    }

    fn agent(&self, principal: PrincipalId) -> Option<&'a Agent> {
        all!(self.home, Agent).find(|agent| PrincipalId::Agent(agent.id) == principal)
    }

    /// Whose places and roles count: the owner's for an agent.
    fn holder(&self, principal: PrincipalId) -> PrincipalId {
        self.agent(principal).map_or(principal, |agent| PrincipalId::User(agent.owner))
    }

    fn workspace(
        &self,
        server: &Server,
        principal: PrincipalId,
        key: Option<&Key>,
    ) -> Result<&'a Workspace, &'static str> {
        let offered =
            |w: &Workspace| all!(self.host, Attachment).any(|a| a.server == server.id && a.workspace == w.id);
        if let Some(slug) = &self.ask.workspace {
            let named = all!(self.host, Workspace).find(|w| w.slug.as_str() == slug);
            let named = named.ok_or("workspace_unknown")?;
            return if offered(named) { Ok(named) } else { Err("server_unreachable") };
        }
        let mut places: Vec<&Workspace> = all!(self.host, Workspace).filter(|w| offered(w)).collect();
        match places.len() {
            0 => Err("server_unreachable"),
            1 => Ok(places[0]),
            _ => {
                places.retain(|w| self.grants(server, w, principal).next().is_some());
                deny_if(places.is_empty(), "not_a_member")?;
                let within = |scope: &[ScopeEntry], w: &Workspace| {
                    scope.iter().any(|e| covers(e, w.id, server.id, None))
                };
                if let Some(agent) = self.agent(principal) {
                    places.retain(|w| within(&agent.scope.entries, w));
                    deny_if(places.is_empty(), "outside_scope")?;
                }
                if let Some(scope) = key.and_then(|key| key.limits.scope.as_ref()) {
                    places.retain(|w| within(&scope.entries, w));
                    deny_if(places.is_empty(), "outside_key_scope")?;
                }
                Err("workspace_required")
            }
        }
    }

    fn entering(&self, workspace: &Workspace, principal: PrincipalId) -> Answer {
        let holder = self.holder(principal);
        let counts = match holder {
            PrincipalId::User(user) => active(self.host, user),
            PrincipalId::Robot(id) => all!(self.host, Robot).any(|robot| robot.id == id),
            PrincipalId::Agent(_) => false,
        };
        let inside = all!(self.host, WorkspaceMembership)
            .any(|m| m.workspace == workspace.id && PrincipalId::from(m.member) == holder);
        deny_if(!counts || !inside, "not_a_member")?;
        let Some(agent) = self.agent(principal) else { return Ok(()) };
        let guest = all!(self.host, OrganizationMembership)
            .any(|m| m.user == agent.owner && m.role == OrganizationRole::Guest);
        deny_if(guest && !workspace.guest_agents, "guest_agents_refused")?;
        let invited = all!(self.host, Invitation).any(|i| {
            i.agent == agent.id
                && i.workspace == workspace.id
                && matches!(i.state, InvitationState::Accepted(_))
                && i.invited_by == agent.owner
        });
        deny_if(workspace.access_mode == AccessMode::Explicit && !invited, "invitation_required")
    }

    fn tool(&self, server: &Server) -> Answer {
        let reviewed = |tool: &Tool| tool.reviewed == Some(tool.definition);
        let mut offered =
            all!(self.host, Tool).filter(|t| t.server == server.id && t.state == ToolState::Offered);
        if self.ask.what == What::Unseen {
            return deny_if(!offered.all(reviewed), "tool_changed");
        }
        let Some(name) = self.ask.what.tool() else { return Ok(()) };
        let tool = offered.find(|t| t.name.as_str() == name).ok_or("tool_unknown")?;
        deny_if(!reviewed(tool), "tool_changed")
    }

    /// The grants on the server of all roles that are held in the workspace.
    fn grants(
        &self,
        server: &Server,
        workspace: &Workspace,
        principal: PrincipalId,
    ) -> impl Iterator<Item = &'a model::Grant> {
        let (server, workspace, holder) = (server.id, workspace.id, self.holder(principal));
        let host = self.host;
        let places = all!(host, WorkspaceMembership)
            .filter(move |m| m.workspace == workspace && PrincipalId::from(m.member) == holder);
        let roles = places.flat_map(move |m| all!(host, Role).filter(move |role| role.id == m.role));
        roles.flat_map(move |role| {
            all!(host, Grant).filter(move |grant| grant.role == role.id && grant.server == server)
        })
    }

    fn granted(&self, server: &Server, workspace: &Workspace, principal: PrincipalId) -> Answer {
        let mut nearest = "not_granted";
        for grant in self.grants(server, workspace, principal) {
            let reached = match self.ask.what.tool() {
                Some(tool) => names(grant.tools.as_str().as_bytes(), tool.as_bytes()),
                None => true,
            };
            if !reached {
                continue;
            }
            match &self.ask.what {
                What::Unseen if !is_every(grant.tools.as_str()) || !grant.constraints.is_empty() => {
                    nearest = "tool_unseen";
                }
                What::Tool(_, None) if !grant.constraints.is_empty() => nearest = "arguments_missing",
                What::Tool(_, Some(given)) if !grant.constraints.iter().all(|c| holds(c, given)) => {
                    nearest = "argument_not_allowed";
                }
                _ => return Ok(()),
            }
        }
        Err(nearest)
    }

    fn ceilings(
        &self,
        server: &Server,
        workspace: &Workspace,
        principal: PrincipalId,
        key: Option<&Key>,
    ) -> Answer {
        let (unseen, tool) = (self.ask.what == What::Unseen, self.ask.what.tool());
        let touches = |e: &&ScopeEntry| covers(e, workspace.id, server.id, tool);
        let ceiling = |entries: &[ScopeEntry], code| {
            let reaching: Vec<_> = entries.iter().filter(touches).collect();
            deny_if(reaching.is_empty(), code)?;
            deny_if(unseen && !reaching.iter().any(|e| is_every(e.tools.as_str())), "tool_unseen")
        };
        if let Some(agent) = self.agent(principal) {
            ceiling(&agent.scope.entries, "outside_scope")?;
            let anything = tool.is_some() || unseen;
            let mut never = agent.never.entries.iter().filter(touches);
            deny_if(never.any(|e| anything || is_every(e.tools.as_str())), "never_listed")?;
            let mut narrowings =
                all!(self.host, Override).filter(|o| o.agent == agent.id && o.workspace == workspace.id);
            let denies = |(s, p): &(ServerId, model::ToolPattern)| {
                *s == server.id && tool.map_or(unseen, |tool| names(p.as_str().as_bytes(), tool.as_bytes()))
            };
            deny_if(narrowings.any(|o| o.blocked || o.denied.iter().any(denies)), "blocked_here")?;
        }
        match key.and_then(|key| key.limits.scope.as_ref()) {
            Some(scope) => ceiling(&scope.entries, "outside_key_scope"),
            None => Ok(()),
        }
    }

    fn identity(&self, server: &Server, workspace: &Workspace, principal: PrincipalId) -> Answer {
        deny_if(self.ask.delegation, "delegation_unknown")?;
        let personal = server.credential_mode == CredentialMode::Personal;
        let alone = server.identity_mode == IdentityMode::Agent
            && workspace.identity_mode.is_none_or(|mode| mode == IdentityMode::Agent);
        match principal {
            PrincipalId::User(_) => Ok(()),
            PrincipalId::Robot(_) if personal => Err("personal_server"),
            _ => deny_if(personal || !alone, "user_required"),
        }
    }
}

fn active(side: &[Fact], user: UserId) -> bool {
    all!(side, OrganizationMembership).any(|m| m.user == user && m.state == MembershipState::Active)
}

fn is_every(pattern: &str) -> bool {
    pattern.chars().all(|c| c == '*')
}

fn covers(entry: &ScopeEntry, workspace: WorkspaceId, server: ServerId, tool: Option<&str>) -> bool {
    entry.workspace.is_none_or(|w| w == workspace)
        && entry.server.is_none_or(|s| s == server)
        && tool.is_none_or(|tool| names(entry.tools.as_str().as_bytes(), tool.as_bytes()))
}
