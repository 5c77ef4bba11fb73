//! The nouns of Answerable and what holds among them: typed ids, principals, ownership, memberships, roles,
//! grants, scopes, keys, their states and invariants, the snapshot of an organization and how a change moves it.
//!
//! Pure: no I/O, no clock, no global randomness. Time comes in as [`Timestamp`], chance as [`Entropy`].

mod agent;
pub mod cascade;
mod change;
mod constraint;
mod entropy;
mod fact;
mod gateway;
mod ids;
mod invitation;
mod key;
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
mod snapshot;
mod state;
mod time;
mod tool;
mod user;
mod workspace;

pub use agent::{Agent, AgentState};
pub use change::{Actor, Change, Edit, Revision};
pub use constraint::{Constraint, Operator};
pub use entropy::Entropy;
pub use fact::{Fact, FactKind, Target};
pub use gateway::{Gateway, GatewayState};
pub use ids::{
    AgentId, DecisionId, GatewayId, GrantId, IdError, InvitationId, KeyId, OrganizationId, OverrideId,
    RobotId, RoleId, RunId, ServerId, ToolId, UserId, WorkspaceId, WorkspaceMembershipId,
};
pub use invitation::{Invitation, InvitationState};
pub use key::{Holder, Key, KeyKind, KeyLimits, KeyState, MAX_LIVE_KEYS, MAX_RETIRING_KEYS};
pub use membership::{
    Member, MembershipState, OrganizationMembership, OrganizationRole, WorkspaceMembership,
};
pub use name::{Name, NameError, Slug, ToolName};
pub use organization::{Organization, OrganizationState, Stop};
pub use overrides::Override;
pub use pattern::{PatternError, ToolPattern};
pub use principal::{PrincipalId, PrincipalKind};
pub use robot::{Robot, RobotState};
pub use role::{Grant, Role};
pub use scope::{Ceiling, Scope, ScopeEntry};
pub use server::{Attachment, CredentialMode, IdentityMode, Server, ServerState};
pub use snapshot::Snapshot;
pub use state::{Because, StateError};
pub use time::{Timestamp, to_micros};
pub use tool::{DefinitionHash, Risk, Tool, ToolState};
pub use user::User;
pub use workspace::{AccessMode, Visibility, Workspace};
