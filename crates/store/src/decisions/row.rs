#![expect(unreachable_pub, reason = "what SeaORM derives is `pub`, so its rows have to be")]

use decision::{Party, Record};
use model::{DecisionId, GatewayId, OrganizationId, RunId};
use rusqlite::{Statement, ToSql};
use sea_orm::entity::prelude::*;
use sqlx::Arguments;
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;

use crate::{StoreError, text};

/// The columns once, for the entity that reads them and for the two ways of writing many at once.
macro_rules! columns {
    ($($(#[$meta:meta])* $name:ident: $type:ty,)+) => {
        /// A row of `decisions`.
        #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
        #[sea_orm(table_name = "decisions")]
        pub struct Model {
            $($(#[$meta])* pub $name: $type,)+
        }

        /// The names of the columns, in the order in which they are bound.
        pub(super) const COLUMNS: &[&str] = &[$(stringify!($name)),+];

        impl Model {
            /// Binds the row's columns one after the other, as `values` wants them.
            pub(super) fn bind(&self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
                let parameters: [&dyn ToSql; COLUMNS.len()] = [$(&self.$name),+];
                let mut numbered = (1_usize..).zip(parameters);
                numbered.try_for_each(|(number, value)| statement.raw_bind_parameter(number, value))
            }
        }

        /// Binds the rows column by column, each an array, as `unnest` wants them.
        // Taken out one by one, not moved: forty partial moves have forty ways out, which costs the optimizer minutes.
        pub(super) fn bind_columns(mut rows: Vec<Model>) -> Result<PgArguments, BoxDynError> {
            let mut arguments = PgArguments::default();
            $(
                let column: Vec<$type> = rows.iter_mut().map(|row| std::mem::take(&mut row.$name)).collect();
                arguments.add(column)?;
            )+
            Ok(arguments)
        }
    };
}

columns! {
    #[sea_orm(primary_key, auto_increment = false)]
    organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    at: i64,
    revision: i64,
    node: String,
    epoch: i64,
    sequence: i64,
    verdict: String,
    reason: String,
    public_reason: String,
    action: String,
    actor_kind: Option<String>,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    owner_id: Option<Uuid>,
    owner_name: Option<String>,
    on_behalf_of_id: Option<Uuid>,
    on_behalf_of_name: Option<String>,
    approver_id: Option<Uuid>,
    instance: Option<String>,
    originator_id: Option<Uuid>,
    gateway_id: Option<Uuid>,
    key_id: Option<String>,
    workspace_id: Option<Uuid>,
    workspace_name: Option<String>,
    server_id: Option<Uuid>,
    server_name: Option<String>,
    tool_id: Option<Uuid>,
    tool_name: Option<String>,
    target_kind: Option<String>,
    target_id: Option<String>,
    arguments_digest: Option<Vec<u8>>,
    address: Option<String>,
    run_id: Option<Uuid>,
    trace_id: Option<String>,
    span_id: Option<String>,
    duration_us: i64,
    home_organization_id: Option<Uuid>,
    home_revision: Option<i64>,
    path: String,
    obligations: Option<String>,
    note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of a record: one in each organization whose evidence it belongs to.
pub(crate) fn rows(record: &Record) -> Result<Vec<Model>, StoreError> {
    record.organizations().map(|organization| row(organization, record)).collect()
}

fn row(organization: OrganizationId, record: &Record) -> Result<Model, StoreError> {
    let decision = &record.decision;
    let name = |party: &Party| party.name.clone();
    let asked =
        |given: &Option<String>, found: Option<&str>| given.clone().or_else(|| found.map(ToOwned::to_owned));
    Ok(Model {
        organization_id: organization.uuid(),
        id: DecisionId::uuid(record.id),
        at: text::micros(record.at),
        revision: text::signed(decision.revision.0),
        node: record.stamp.node.to_string(),
        epoch: text::signed(record.stamp.epoch),
        sequence: text::signed(record.stamp.sequence),
        verdict: if decision.is_allowed() { "allow" } else { "deny" }.to_owned(),
        reason: decision.reason().code().to_owned(),
        public_reason: decision.public_reason().code().to_owned(),
        action: record.action.clone(),
        actor_kind: decision.actor.as_ref().map(|party| party.id.kind().as_str().to_owned()),
        actor_id: decision.actor.as_ref().map(|party| party.id.uuid()),
        actor_name: decision.actor.as_ref().map(name),
        owner_id: decision.owner.as_ref().map(|party| party.id.uuid()),
        owner_name: decision.owner.as_ref().map(name),
        on_behalf_of_id: record.on_behalf_of.as_ref().map(|party| party.id.uuid()),
        on_behalf_of_name: record.on_behalf_of.as_ref().map(name),
        // Known only when approvals, workload identity and runs are.
        approver_id: None,
        instance: None,
        originator_id: None,
        gateway_id: record.gateway.map(GatewayId::uuid),
        key_id: decision.key.map(|key| key.to_string()),
        workspace_id: decision.workspace.as_ref().map(|place| place.id.uuid()),
        workspace_name: asked(
            &record.workspace,
            decision.workspace.as_ref().map(|place| place.name.as_str()),
        ),
        server_id: decision.server.as_ref().map(|place| place.id.uuid()),
        server_name: asked(&record.server, decision.server.as_ref().map(|place| place.name.as_str())),
        tool_id: decision.tool.as_ref().map(|place| place.id.uuid()),
        tool_name: asked(&record.tool, decision.tool.as_ref().map(|place| place.name.as_str())),
        target_kind: decision.target.as_ref().map(|target| target.kind.as_str().to_owned()),
        target_id: decision.target.as_ref().map(|target| target.id.clone()),
        arguments_digest: record.arguments_digest.map(|digest| digest.to_vec()),
        address: record.address.map(|address| address.to_string()),
        run_id: record.run.map(RunId::uuid),
        trace_id: record.trace_id.clone(),
        span_id: record.span_id.clone(),
        duration_us: text::signed(record.duration_us),
        home_organization_id: decision.home.map(|(id, _)| id.uuid()),
        home_revision: decision.home.map(|(_, revision)| text::signed(revision.0)),
        path: text::json(decision.steps.as_slice())?,
        obligations: if decision.obligations.is_empty() {
            None
        } else {
            Some(text::json(&decision.obligations)?)
        },
        note: record.note.clone(),
    })
}
