//! Ids that a reader can tell apart: the kind in the upper half, a small number in the lower.

use model::{
    AgentId, ConnectionId, DomainId, GatewayId, GrantId, GroupId, GroupMappingId, InvitationId, KeyId,
    OrganizationId, OverrideId, RobotId, RoleId, ServerId, ToolId, UserId, WorkspaceId,
    WorkspaceMembershipId,
};
use uuid::Uuid;

macro_rules! numbered {
    ($($name:ident = $kind:literal -> $id:ty;)+) => {
        $(pub(crate) fn $name(number: usize) -> $id {
            <$id>::from_uuid(Uuid::from_u128(($kind << 64) | number as u128))
        })+
    };
}

numbered! {
    organization = 1 -> OrganizationId;
    user = 2 -> UserId;
    workspace = 3 -> WorkspaceId;
    place = 4 -> WorkspaceMembershipId;
    role = 5 -> RoleId;
    grant = 6 -> GrantId;
    robot = 7 -> RobotId;
    agent = 8 -> AgentId;
    server = 9 -> ServerId;
    tool = 10 -> ToolId;
    narrowing = 11 -> OverrideId;
    invitation = 12 -> InvitationId;
    gateway = 13 -> GatewayId;
    connection = 14 -> ConnectionId;
    domain = 15 -> DomainId;
    group = 14 -> GroupId;
    mapping = 15 -> GroupMappingId;
}

/// The first connection, where a constant is wanted.
pub(crate) const CONNECTION: ConnectionId = ConnectionId::from_uuid(Uuid::from_u128((14 << 64) | 1));

pub(crate) fn key(number: usize) -> KeyId {
    format!("key{number:09}").parse().unwrap()
}
