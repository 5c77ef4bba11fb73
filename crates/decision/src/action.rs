use std::fmt;

use model::OrganizationRole;
use serde::{Deserialize, Serialize};

/// Who besides the holders of a role may do something, by what the thing is to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// Nobody else.
    None,
    /// Whoever answers for it: an agent's owner, a management key's maker, the person themselves.
    AnswersFor,
    /// Whoever belongs to it: a member of the workspace, a steward of the robot.
    BelongsTo,
}

macro_rules! actions {
    ($($variant:ident = $name:literal, $($role:ident)|*, $tie:ident, $say:literal;)+) => {
        /// Everything that can be done to what the house keeps, as noun and verb.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Action {
            $(#[doc = $say] #[serde(rename = $name)] $variant,)+
        }

        impl Action {
            /// Every action there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name, as evidence and the API write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The roles in the organization that may do it to anything there.
            pub(crate) fn roles(self) -> &'static [OrganizationRole] {
                use OrganizationRole::*;
                match self { $(Self::$variant => &[$($role),*],)+ }
            }

            /// Who else may, to what is theirs.
            pub(crate) fn tie(self) -> Tie {
                match self { $(Self::$variant => Tie::$tie,)+ }
            }
        }
    };
}

actions! {
    OrganizationRead = "organization.read", Owner | Admin | Member | Auditor | Guest, None, "See the organization's name.";
    OrganizationCreate = "organization.create", , None, "Create an organization. The operator's alone.";
    OrganizationUpdate = "organization.update", Owner | Admin, None, "Rename it.";
    OrganizationStopAgents = "organization.stop_agents", Owner | Admin, None, "Press the stop button: every agent is refused.";
    OrganizationReleaseAgents = "organization.release_agents", Owner | Admin, None, "Release the stop button.";
    MemberRead = "member.read", Owner | Admin | Member | Auditor, AnswersFor, "See who is in the organization.";
    MemberAdd = "member.add", Owner | Admin, None, "Add a person.";
    MemberUpdate = "member.update", Owner | Admin, None, "Change a person's role in the organization.";
    MemberSuspend = "member.suspend", Owner | Admin, None, "Deactivate a person; their agents are latched.";
    MemberResume = "member.resume", Owner | Admin, None, "Bring a person back.";
    MemberRemove = "member.remove", Owner | Admin, None, "Remove a person; their agents are latched.";
    MemberHandOver = "member.hand_over", Owner | Admin, AnswersFor, "Hand all agents of a person to another.";
    WorkspaceRead = "workspace.read", Owner | Admin | Auditor, BelongsTo, "See a workspace and who is in it.";
    WorkspaceCreate = "workspace.create", Owner | Admin, None, "Create a workspace.";
    WorkspaceUpdate = "workspace.update", Owner | Admin, None, "Change a workspace's name and rules.";
    WorkspaceMembershipAdd = "workspace_membership.add", Owner | Admin, None, "Put a person or robot into a workspace.";
    WorkspaceMembershipRemove = "workspace_membership.remove", Owner | Admin, AnswersFor, "Take one out; people may leave by themselves.";
    AttachmentAdd = "attachment.add", Owner | Admin, None, "Offer a server in a workspace.";
    AttachmentRemove = "attachment.remove", Owner | Admin, None, "No longer offer it.";
    OverridePut = "override.put", Owner | Admin, None, "Narrow an agent in a workspace, or block it.";
    OverrideRemove = "override.remove", Owner | Admin, None, "Lift a narrowing.";
    InvitationCreate = "invitation.create", , AnswersFor, "Invite one's agent to a workspace.";
    InvitationAccept = "invitation.accept", Owner | Admin, None, "Let an invited agent in.";
    InvitationDecline = "invitation.decline", Owner | Admin, None, "Keep or put an invited agent out.";
    InvitationWithdraw = "invitation.withdraw", , AnswersFor, "Take an invitation back.";
    AgentRead = "agent.read", Owner | Admin | Auditor, AnswersFor, "See an agent.";
    AgentCreate = "agent.create", Owner | Admin, AnswersFor, "Create an agent that one answers for; administrators also for others.";
    AgentUpdate = "agent.update", Owner | Admin, AnswersFor, "Rename an agent.";
    AgentScope = "agent.scope", Owner | Admin, AnswersFor, "Set an agent's scope and never-list.";
    AgentPause = "agent.pause", Owner | Admin, AnswersFor, "Hold an agent.";
    AgentResume = "agent.resume", Owner | Admin, AnswersFor, "Let an agent act again, if one paused it oneself.";
    AgentRevoke = "agent.revoke", Owner | Admin, AnswersFor, "End an agent for ever.";
    AgentHandOver = "agent.hand_over", Owner | Admin, AnswersFor, "Hand an agent to another person; opens the latch.";
    RobotRead = "robot.read", Owner | Admin | Member | Auditor, BelongsTo, "See a robot.";
    RobotCreate = "robot.create", Owner | Admin, None, "Create a robot.";
    RobotUpdate = "robot.update", Owner | Admin, None, "Rename a robot, name its stewards.";
    RobotPause = "robot.pause", Owner | Admin, BelongsTo, "Hold a robot; its stewards may.";
    RobotResume = "robot.resume", Owner | Admin, None, "Let a robot act again.";
    RobotDelete = "robot.delete", Owner | Admin, None, "Delete a robot, softly.";
    ServerRead = "server.read", Owner | Admin | Member | Auditor, None, "See servers and tools.";
    ServerCreate = "server.create", Owner | Admin, None, "Register a server.";
    ServerUpdate = "server.update", Owner | Admin, None, "Change a server.";
    ServerRemove = "server.remove", Owner | Admin, None, "Take a server out of use.";
    ToolImport = "tool.import", Owner | Admin, None, "Import a server's tools.";
    ToolAdd = "tool.add", Owner | Admin, None, "Enter a tool by hand.";
    ToolUpdate = "tool.update", Owner | Admin, None, "Set a tool's title and risk.";
    ToolReview = "tool.review", Owner | Admin, None, "Accept a tool's present definition.";
    RoleRead = "role.read", Owner | Admin | Member | Auditor, None, "See roles and grants.";
    RoleCreate = "role.create", Owner | Admin, None, "Create a role.";
    RoleUpdate = "role.update", Owner | Admin, None, "Rename a role.";
    RoleRemove = "role.remove", Owner | Admin, None, "Remove a role, its grants and the memberships that carry it.";
    GrantAdd = "grant.add", Owner | Admin, None, "Add a grant to a role.";
    GrantRemove = "grant.remove", Owner | Admin, None, "Take a grant from a role.";
    GatewayRead = "gateway.read", Owner | Admin | Auditor, None, "See gateways.";
    GatewayCreate = "gateway.create", Owner | Admin, None, "Register a gateway.";
    GatewayUpdate = "gateway.update", Owner | Admin, None, "Change what a gateway may do.";
    GatewayPause = "gateway.pause", Owner | Admin, None, "Hold a gateway.";
    GatewayResume = "gateway.resume", Owner | Admin, None, "Let a gateway ask again.";
    GatewayRevoke = "gateway.revoke", Owner | Admin, None, "End a gateway for ever.";
    KeyRead = "key.read", Owner | Admin | Auditor, AnswersFor, "See keys, never their secrets.";
    KeyCreate = "key.create", Owner | Admin, AnswersFor, "Make a key. A management key only for oneself.";
    KeyRotate = "key.rotate", Owner | Admin, AnswersFor, "Replace a key.";
    KeyUpdate = "key.update", Owner | Admin, AnswersFor, "End or extend a key's grace, narrow its limits.";
    KeyRevoke = "key.revoke", Owner | Admin, AnswersFor, "End a key at once.";
    KeyRotateMany = "key.rotate_many", Owner | Admin, None, "Replace many keys, with a reason.";
    DecisionRead = "decision.read", Owner | Admin | Auditor, AnswersFor, "See decisions; owners those of their agents.";
    ChangeRead = "change.read", Owner | Admin | Auditor, None, "See changes.";
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
