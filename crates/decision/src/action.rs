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
    OrganizationSuspend = "organization.suspend", , None, "Refuse everything in it for a while. The operator's alone.";
    OrganizationResume = "organization.resume", , None, "Let a suspended one act again. The operator's alone.";
    OrganizationDelete = "organization.delete", Owner, None, "Begin its end; undone until its rows go.";
    OrganizationUndelete = "organization.undelete", Owner, None, "Take its end back.";
    OrganizationExport = "organization.export", Owner, None, "Take everything of it away as a copy.";
    OrganizationStopAgents = "organization.stop_agents", Owner | Admin, None, "Press the stop button: every agent is refused.";
    OrganizationReleaseAgents = "organization.release_agents", Owner | Admin, None, "Release the stop button.";
    MemberRead = "member.read", Owner | Admin | Member | Auditor, AnswersFor, "See who is in the organization.";
    MemberAdd = "member.add", Owner | Admin, None, "Add a person.";
    MemberUpdate = "member.update", Owner | Admin, None, "Change a person's role in the organization.";
    MemberSuspend = "member.suspend", Owner | Admin, None, "Deactivate a person; their agents are latched.";
    MemberResume = "member.resume", Owner | Admin, None, "Bring a person back.";
    MemberRemove = "member.remove", Owner | Admin, None, "Remove a person; their agents are latched.";
    MemberSignOut = "member.sign_out", Owner | Admin, None, "See and end a person's sessions here, or everything that proves them; then their agents are latched.";
    MemberHandOver = "member.hand_over", Owner | Admin, AnswersFor, "Hand all agents of a person to another.";
    MemberInvitationRead = "member_invitation.read", Owner | Admin | Auditor, None, "See who is invited.";
    MemberInvitationCreate = "member_invitation.create", Owner | Admin, None, "Invite a person to the organization.";
    MemberInvitationWithdraw = "member_invitation.withdraw", Owner | Admin, None, "Take a person's invitation back.";
    MemberInvitationAccept = "member_invitation.accept", , None, "Become a member. For whoever holds the invitation's link.";
    IdentityRead = "identity.read", Owner | Admin | Auditor, AnswersFor, "See by which accounts of other organizations' providers a person comes in, or asks to.";
    IdentityAccept = "identity.accept", Owner | Admin, None, "Let a person come in by one. In a signed-in session only.";
    IdentityWithdraw = "identity.withdraw", Owner | Admin, AnswersFor, "No longer let them, or decline what they ask.";
    MemberProvision = "member.provision", , None, "Take in a person, or set what they are, as their identity provider says when they sign in. A way in alone does.";
    MemberSignInLink = "member.sign_in_link", , None, "Make a one-time sign-in link for a person. The operator's alone.";
    BreakGlassRead = "break_glass.read", Owner | Admin | Auditor, None, "See who may come in past the organization's provider.";
    BreakGlassAdd = "break_glass.add", Owner | Admin, None, "Name a person who may come in past it.";
    BreakGlassRemove = "break_glass.remove", Owner | Admin, None, "Take that back.";
    BreakGlassUse = "break_glass.use", , AnswersFor, "Come in past it.";
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
    ServerGrants = "server.grants", Owner | Admin, None, "Change which roles may use a server's tools, all of it at once.";
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
    ConnectionRead = "connection.read", Owner | Admin | Auditor, None, "See the ways in through identity providers, never their secrets.";
    ConnectionCreate = "connection.create", Owner | Admin, None, "Set up a way in through an identity provider. In a signed-in session only.";
    ConnectionUpdate = "connection.update", Owner | Admin, None, "Change a way in, or propose to where people come in by it.";
    ConnectionApprove = "connection.approve", Owner | Admin, None, "Accept or decline what another person proposed for a way in.";
    ConnectionTest = "connection.test", Owner | Admin, None, "Note that a test of a way in has passed.";
    ConnectionEnforce = "connection.enforce", Owner | Admin, None, "Honour no sign-in but a way in and break-glass.";
    ConnectionRelax = "connection.relax", Owner | Admin, None, "Honour other sign-ins again.";
    ConnectionDisable = "connection.disable", Owner | Admin, None, "Close a way in and end what came in by it; or reopen it for a test.";
    ConnectionRemove = "connection.remove", Owner | Admin, None, "Forget a way in that is closed.";
    DomainRead = "domain.read", Owner | Admin | Auditor, None, "See the domains of the organization.";
    DomainAdd = "domain.add", Owner | Admin, None, "Claim a domain. In a signed-in session only.";
    DomainProve = "domain.prove", Owner | Admin, None, "Have the proof of a domain looked for.";
    DomainRemove = "domain.remove", Owner | Admin, None, "Give a domain up.";
    DomainLapse = "domain.lapse", , None, "Note that the proof of a domain is gone. The house's own clock alone does.";
    DirectoryRead = "directory.read", Owner | Admin | Auditor, None, "See how the directory is connected, and what went wrong with it.";
    GroupRead = "group.read", Owner | Admin | Auditor, None, "See the directory's groups, who is in them and what they give.";
    GroupCreate = "group.create", , None, "Bring a group. The directory's alone.";
    GroupUpdate = "group.update", , None, "Rename a group, change who is in it. The directory's alone.";
    GroupRemove = "group.remove", Owner | Admin, None, "Remove a group, with what it gave.";
    GroupMap = "group.map", Owner | Admin, None, "Let a group give a role, or no longer.";
    SignalStreamRead = "signal_stream.read", Owner | Admin | Auditor, None, "See which transmitters of signals are believed.";
    SignalStreamCreate = "signal_stream.create", Owner | Admin, None, "Believe a transmitter. In a signed-in session only.";
    SignalStreamRemove = "signal_stream.remove", Owner | Admin, None, "No longer believe one.";
    DecisionRead = "decision.read", Owner | Admin | Auditor, AnswersFor, "See decisions; owners those of their agents.";
    EvidenceExport = "evidence.export", Owner | Admin | Auditor, AnswersFor, "Take decisions or changes away as a file; owners the decisions of their agents.";
    SavedQueryShare = "saved_query.share", Owner | Admin, None, "Keep a query of the audit log for everybody, or let go of one.";
    ChangeRead = "change.read", Owner | Admin | Auditor, None, "See changes.";
}

impl Action {
    /// Whether it takes a person in a signed-in session: what changes who can sign in is not done with a key, which a
    /// program may hold (model.md, "Who may manage").
    pub(crate) fn is_signed_in_only(self) -> bool {
        matches!(
            self,
            Self::SignalStreamCreate
                | Self::ConnectionCreate
                | Self::ConnectionUpdate
                | Self::ConnectionApprove
                | Self::ConnectionTest
                | Self::ConnectionEnforce
                | Self::ConnectionRelax
                | Self::ConnectionDisable
                | Self::ConnectionRemove
                | Self::DomainAdd
                | Self::DomainProve
                | Self::DomainRemove
                | Self::BreakGlassAdd
                | Self::BreakGlassRemove
                | Self::IdentityAccept
        )
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
