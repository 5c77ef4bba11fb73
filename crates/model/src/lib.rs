//! The nouns of Answerable and what holds among them: typed ids, principals, ownership, memberships, roles,
//! grants, scopes, keys, their states and invariants, the snapshot of an organization and how a change moves it.
//!
//! Pure: no I/O, no clock, no global randomness. Time comes in as [`Timestamp`], chance as [`Entropy`].

mod accepted_identity;
mod agent;
pub mod cascade;
mod change;
mod connection;
mod constraint;
mod directory_user;
mod domain;
mod entropy;
mod fact;
mod gateway;
mod group;
pub mod groups;
mod ids;
mod invitation;
mod key;
mod member_invitation;
mod membership;
mod name;
mod organization;
mod overrides;
mod pattern;
mod principal;
mod robot;
mod role;
mod scope;
mod server;
mod session;
mod signal;
mod snapshot;
mod state;
mod time;
mod tool;
mod user;
mod workspace;

pub use accepted_identity::AcceptedIdentity;
pub use agent::{Agent, AgentState};
pub use change::{Actor, Change, Edit, Revision};
pub use connection::{
    Client, ClientAuthentication, Connection, ConnectionKind, ConnectionState, Endpoints, GroupPlace,
    GroupRule, Mapping, OnLogout, Proposal, Terms,
};
pub use constraint::{Constraint, Operator};
pub use directory_user::DirectoryUser;
pub use domain::{Domain, DomainName, DomainState, NotADomain};
pub use entropy::Entropy;
pub use fact::{Fact, FactKind, Target};
pub use gateway::{Gateway, GatewayState};
pub use group::{Gives, Group, GroupMapping, GroupMember, given_place};
pub use ids::{
    AcceptedIdentityId, AgentId, ConnectionId, DecisionId, DomainId, GatewayId, GrantId, GroupId,
    GroupMappingId, IdError, InvitationId, KeyId, MemberInvitationId, OrganizationId, OverrideId, RobotId,
    RoleId, RunId, SecretId, ServerId, SessionId, SignalStreamId, ToolId, UserId, WorkspaceId,
    WorkspaceMembershipId,
};
pub use invitation::{Invitation, InvitationState};
pub use key::{Holder, Key, KeyKind, KeyLimits, KeyState, MAX_LIVE_KEYS, MAX_RETIRING_KEYS};
pub use member_invitation::{InvitedPlace, MemberInvitation, MemberInvitationState};
pub use membership::{
    Member, MembershipState, OrganizationMembership, OrganizationRole, WorkspaceMembership,
};
pub use name::{Name, NameError, Slug, ToolName};
pub use organization::{Deletion, Organization, OrganizationState, Stop};
pub use overrides::Override;
pub use pattern::{PatternError, ToolPattern};
pub use principal::{PrincipalId, PrincipalKind};
pub use robot::{Robot, RobotState};
pub use role::{Grant, Role};
pub use scope::{Ceiling, Scope, ScopeEntry};
pub use server::{Attachment, CredentialMode, IdentityMode, Server, ServerState};
pub use session::{Origin, Proof, SESSION_FRESH, SESSION_IDLE, SESSION_LENGTH, Session};
pub use signal::{Delivery, SignalStream};
pub use snapshot::Snapshot;
pub use state::{Because, StateError};
pub use time::{Timestamp, to_micros};
pub use tool::{DefinitionHash, Risk, Tool, ToolState};
pub use user::User;
pub use workspace::{AccessMode, Visibility, Workspace};
