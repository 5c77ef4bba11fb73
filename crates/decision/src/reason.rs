use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $say:literal;)+) => {
        /// Why a decision came out as it did. Stable: gateways, scripts and reports rely on the codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Reason {
            $(#[doc = $say] $(#[$doc])* $variant,)+
        }

        impl Reason {
            /// Every reason there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What it means and what to do, for a person who reads a denial.
            pub fn say(self) -> &'static str {
                match self { $(Self::$variant => $say,)+ }
            }

            /// The reason of that code.
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|reason| reason.code() == code)
            }
        }
    };
}

reasons! {
    Granted = "granted", "Allowed: a grant reaches it and nothing stands against it.";

    Malformed = "malformed", "The call could not be understood, so it was refused. Send one JSON-RPC message whose headers agree with its body.";
    MethodUnknown = "method_unknown", "This method is not one that can be allowed.";
    ToolUnseen = "tool_unseen", "The gateway did not show which tool is called. Forward the body or the Mcp-Method and Mcp-Name headers.";
    GatewayInactive = "gateway_inactive", "The gateway is paused or revoked.";

    CredentialMissing = "credential_missing", "No credential was presented. Send the agent's key as a bearer token.";
    CredentialUnknown = "credential_unknown", "The credential is not known. Check that the whole key was copied.";
    CredentialExpired = "credential_expired", "The key has ended. Rotate it, or use its successor.";
    CredentialRevoked = "credential_revoked", "The key was revoked. It will never work again; its owner can make another.";
    CredentialKind = "credential_kind", "This kind of key cannot make calls. Use an agent's or a robot's key.";
    AddressNotAllowed = "address_not_allowed", "The key may not be used from this address.";
    GatewayNotAllowed = "gateway_not_allowed", "The key may not be used through this gateway.";
    UsesExhausted = "uses_exhausted", "The key has been used as often as it may be.";
    SubjectNotAssertable = "subject_not_assertable", "This gateway may not name a subject; it has to pass on the agent's credential.";
    SubjectMismatch = "subject_mismatch", "The subject named is not the one that the credential proves.";
    SubjectUnknown = "subject_unknown", "The subject is not known.";

    OrganizationSuspended = "organization_suspended", "The organization is suspended.";
    AgentsStopped = "agents_stopped", "All agents of the organization are stopped. An administrator can release them.";
    AgentPaused = "agent_paused", "The agent is paused. Its owner or an administrator can resume it.";
    AgentRevoked = "agent_revoked", "The agent was revoked for ever.";
    AgentUnowned = "agent_unowned", "Nobody answers for the agent: its owner lost the right to. A person has to take it over.";
    OwnerInactive = "owner_inactive", "The agent's owner is not active in its organization.";
    RobotPaused = "robot_paused", "The robot is paused. An administrator can resume it.";
    RobotDeleted = "robot_deleted", "The robot was deleted.";
    UserInactive = "user_inactive", "The person is not active in this organization.";

    WorkspaceUnknown = "workspace_unknown", "There is no such workspace.";
    WorkspaceRequired = "workspace_required", "The server is offered in several workspaces. Say in which one the call is made.";
    ServerUnknown = "server_unknown", "There is no such server.";
    ServerUnreachable = "server_unreachable", "The server is not offered in that workspace.";
    NotAMember = "not_a_member", "Neither the principal nor its owner is in a workspace that offers this server.";
    GuestAgentsRefused = "guest_agents_refused", "The workspace does not let in the agents of guests.";
    InvitationRequired = "invitation_required", "The workspace wants an accepted invitation for each agent. The owner can ask for one.";
    ToolUnknown = "tool_unknown", "There is no such tool on the server.";
    ToolChanged = "tool_changed", "The tool's definition has changed since it was reviewed. An administrator has to look at it.";

    NotGranted = "not_granted", "No role gives access to this.";
    ArgumentNotAllowed = "argument_not_allowed", "A role gives access to this tool, but not with these arguments.";
    ArgumentsMissing = "arguments_missing", "A role limits the arguments of this tool, and the gateway did not send them.";
    OutsideScope = "outside_scope", "The agent's scope does not reach this. Its owner can widen the scope.";
    OutsideKeyScope = "outside_key_scope", "The key's own scope does not reach this.";
    NeverListed = "never_listed", "The agent must never do this, whatever is granted.";
    BlockedHere = "blocked_here", "The workspace has narrowed the agent so that it may not do this here.";

    PersonalServer = "personal_server", "Robots may not use a server that works with personal credentials.";
    UserRequired = "user_required", "This needs a person on whose behalf the agent acts.";
    DelegationUnknown = "delegation_unknown", "The delegation presented is not known.";

    PeopleOnly = "people_only", "Managing is for people. Agents, robots and gateways may ask, never change.";
    ConnectionClosed = "connection_closed", "This way in is closed, or was never tested. An administrator can open it.";
    NotInvited = "not_invited", "The identity provider knows you, but nobody has taken you into the organization. Ask an administrator for an invitation.";
    SignedInOnly = "signed_in_only", "This is done by a person in a signed-in session, not with a key.";
    InvitationEnded = "invitation_ended", "The invitation was used, withdrawn, or its time is over. Ask for another.";
    OperatorOnly = "operator_only", "Only the operator of this installation may do this.";
    RoleTooLow = "role_too_low", "Your role in the organization does not allow this. Ask an administrator.";
    AboveYourRole = "above_your_role", "You can give and take only roles up to your own.";
    NotYours = "not_yours", "This is for whoever answers for it, or an administrator.";
    PausedByAnother = "paused_by_another", "Somebody else paused it. They or an administrator can resume it.";
}

impl Reason {
    /// Whether what exists decided on this reason, or names alone do: then names alone decide what a caller is told.
    /// Being outside a scope is told before anything else about a thing is, for the same reason.
    pub(crate) fn is_told_by_name(self) -> bool {
        matches!(
            self,
            Self::WorkspaceUnknown
                | Self::ServerUnknown
                | Self::ServerUnreachable
                | Self::NotAMember
                | Self::ToolUnknown
                | Self::NotGranted
                | Self::OutsideScope
                | Self::OutsideKeyScope
        )
    }
}
