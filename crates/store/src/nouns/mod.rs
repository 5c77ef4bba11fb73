//! One file per noun: its table's row, and the row as the fact it holds, both ways.
//!
//! A fact is written as its row and recorded as what that row reads back as, so that a snapshot rebuilt from tables
//! equals one folded from changes by construction.

#![expect(unreachable_pub, reason = "what SeaORM derives is `pub`, so its rows have to be")]

pub(crate) mod accepted_identity;
pub(crate) mod agent;
pub(crate) mod attachment;
pub(crate) mod connection;
pub(crate) mod directory_user;
pub(crate) mod domain;
pub(crate) mod gateway;
pub(crate) mod grant;
pub(crate) mod group;
pub(crate) mod group_mapping;
pub(crate) mod group_member;
pub(crate) mod head;
pub(crate) mod invitation;
pub(crate) mod key;
pub(crate) mod member_invitation;
pub(crate) mod organization;
pub(crate) mod organization_membership;
pub(crate) mod organization_user;
pub(crate) mod overrides;
pub(crate) mod person;
pub(crate) mod robot;
pub(crate) mod role;
pub(crate) mod server;
pub(crate) mod signal_stream;
pub(crate) mod tool;
pub(crate) mod workspace;
pub(crate) mod workspace_membership;

use model::Fact;
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait};
use uuid::Uuid;

use crate::StoreError;

/// The entity of a row.
pub(crate) type EntityOf<M> = <M as ModelTrait>::Entity;
/// A column of a row.
pub(crate) type ColumnOf<M> = <EntityOf<M> as EntityTrait>::Column;
/// What SeaORM writes of a row.
pub(crate) type ActiveOf<M> = <EntityOf<M> as EntityTrait>::ActiveModel;

/// A row of a table that holds one kind of fact.
pub(crate) trait Noun:
    ModelTrait<Entity: EntityTrait<Model = Self>>
    + FromQueryResult
    + IntoActiveModel<ActiveOf<Self>>
    + PartialEq
    + Send
    + Sync
{
    /// The column that holds the organization.
    const TENANT: ColumnOf<Self>;

    /// The row of a fact of that kind; none for a fact of another.
    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError>;

    /// The fact that the row holds.
    fn fact(self) -> Result<Fact, StoreError>;
}

/// Runs code with the row type of a kind of fact bound to a name.
macro_rules! with_noun {
    ($kind:expr, $row:ident => $code:expr) => {{
        use crate::nouns::*;
        match $kind {
            model::FactKind::Organization => {
                type $row = organization::Model;
                $code
            }
            model::FactKind::User => {
                type $row = organization_user::Model;
                $code
            }
            model::FactKind::OrganizationMembership => {
                type $row = organization_membership::Model;
                $code
            }
            model::FactKind::Workspace => {
                type $row = workspace::Model;
                $code
            }
            model::FactKind::Role => {
                type $row = role::Model;
                $code
            }
            model::FactKind::Robot => {
                type $row = robot::Model;
                $code
            }
            model::FactKind::WorkspaceMembership => {
                type $row = workspace_membership::Model;
                $code
            }
            model::FactKind::Agent => {
                type $row = agent::Model;
                $code
            }
            model::FactKind::Server => {
                type $row = server::Model;
                $code
            }
            model::FactKind::Attachment => {
                type $row = attachment::Model;
                $code
            }
            model::FactKind::Tool => {
                type $row = tool::Model;
                $code
            }
            model::FactKind::Grant => {
                type $row = grant::Model;
                $code
            }
            model::FactKind::Override => {
                type $row = overrides::Model;
                $code
            }
            model::FactKind::Invitation => {
                type $row = invitation::Model;
                $code
            }
            model::FactKind::MemberInvitation => {
                type $row = member_invitation::Model;
                $code
            }
            model::FactKind::Gateway => {
                type $row = gateway::Model;
                $code
            }
            model::FactKind::Key => {
                type $row = key::Model;
                $code
            }
            model::FactKind::Connection => {
                type $row = connection::Model;
                $code
            }
            model::FactKind::Domain => {
                type $row = domain::Model;
                $code
            }
            model::FactKind::DirectoryUser => {
                type $row = directory_user::Model;
                $code
            }
            model::FactKind::Group => {
                type $row = group::Model;
                $code
            }
            model::FactKind::GroupMember => {
                type $row = group_member::Model;
                $code
            }
            model::FactKind::GroupMapping => {
                type $row = group_mapping::Model;
                $code
            }
            model::FactKind::SignalStream => {
                type $row = signal_stream::Model;
                $code
            }
            model::FactKind::AcceptedIdentity => {
                type $row = accepted_identity::Model;
                $code
            }
        }
    }};
}

pub(crate) use with_noun;
