use app::evidence::StoredDecision;
use chrono::{DateTime, Utc};
use decision::{Party, Step};
use model::PrincipalId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::Named;

/// A recorded decision. Every name is the name at that time.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionView {
    /// Its id.
    pub id: Uuid,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// `allow` or `deny`.
    #[schema(value_type = String)]
    pub decision: decision::Verdict,
    /// Why, in full: the code.
    pub reason: &'static str,
    /// Why, as the caller was told.
    pub public_reason: &'static str,
    /// The JSON-RPC method or management action asked for.
    pub action: String,
    /// Who acted. Null: the operator, the system, or nobody who could be recognized.
    pub actor: Option<PartyView>,
    /// Who answered for it. Robots and people: null.
    pub owner: Option<Named>,
    /// On whose behalf.
    pub on_behalf_of: Option<Named>,
    /// Who approved it.
    pub approver: Option<Uuid>,
    /// The workload that presented the credential.
    pub instance: Option<String>,
    /// The principal who started the work.
    pub originator: Option<Uuid>,
    /// The gateway that asked.
    pub gateway: Option<Uuid>,
    /// The key that proved the actor, by its public id.
    pub key: Option<String>,
    /// The workspace: as asked for, or as found.
    pub workspace: Option<AskedFor>,
    /// The server.
    pub server: Option<AskedFor>,
    /// The tool.
    pub tool: Option<AskedFor>,
    /// What a management action was about: kind and id.
    #[schema(value_type = Option<Object>)]
    pub target: Option<model::Target>,
    /// SHA-256 of the arguments in canonical form, 64 hexadecimal digits.
    pub arguments_digest: Option<String>,
    /// The caller's address, as the gateway says it.
    #[schema(value_type = Option<String>)]
    pub address: Option<std::net::IpAddr>,
    /// The run it belonged to.
    pub run_id: Option<Uuid>,
    /// The W3C trace id.
    pub trace_id: Option<String>,
    /// The W3C span id.
    pub span_id: Option<String>,
    /// The revision of the facts it rests on.
    pub revision: u64,
    /// Where the principal belonged to another organization: which.
    pub home_organization: Option<Uuid>,
    /// The revision of that organization's facts.
    pub home_revision: Option<u64>,
    /// How long it took, in microseconds.
    pub duration_us: u64,
    /// Duties on the gateway.
    #[schema(value_type = Vec<Object>)]
    pub obligations: Vec<decision::Obligation>,
    /// Why, in the words of whoever managed.
    pub note: Option<String>,
    /// Where and in which order it was recorded; numbers without a gap.
    pub recorded: RecordedView,
    /// Every question asked, in order, and what each rests on. Only where one decision is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    pub path: Option<Vec<Step>>,
}

/// A principal and what it was called.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyView {
    /// Its id.
    pub id: Uuid,
    /// `user`, `agent` or `robot`.
    pub kind: &'static str,
    /// What it was called.
    pub name: String,
}

/// A thing that a call named.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedFor {
    /// Its id, where it was known.
    pub id: Option<Uuid>,
    /// The name it was asked for by.
    pub name: Option<String>,
}

/// The place of a record among all of its node.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedView {
    /// The node.
    pub node: String,
    /// The start of the node's process.
    pub epoch: u64,
    /// The position within the epoch, from one.
    pub sequence: u64,
}

impl DecisionView {
    /// A decision as it was recorded, without its path.
    pub fn brief(stored: StoredDecision) -> Self {
        let hexadecimal = |digest: [u8; 32]| model::DefinitionHash(digest).to_string();
        Self {
            id: stored.id.uuid(),
            at: stored.at,
            decision: stored.verdict,
            reason: stored.reason.code(),
            public_reason: stored.public_reason.code(),
            action: stored.action,
            actor: stored.actor.map(Into::into),
            owner: stored.owner.map(person),
            on_behalf_of: stored.on_behalf_of.map(person),
            approver: stored.approver.map(model::UserId::uuid),
            instance: stored.instance,
            originator: stored.originator,
            gateway: stored.gateway.map(model::GatewayId::uuid),
            key: stored.key.map(|key| key.to_string()),
            workspace: asked_for(stored.workspace.map(model::WorkspaceId::uuid), stored.workspace_name),
            server: asked_for(stored.server.map(model::ServerId::uuid), stored.server_name),
            tool: asked_for(stored.tool.map(model::ToolId::uuid), stored.tool_name),
            target: stored.target,
            arguments_digest: stored.arguments_digest.map(hexadecimal),
            address: stored.address,
            run_id: stored.run.map(model::RunId::uuid),
            trace_id: stored.trace_id,
            span_id: stored.span_id,
            revision: stored.revision.0,
            home_organization: stored.home.map(|(organization, _)| organization.uuid()),
            home_revision: stored.home.map(|(_, revision)| revision.0),
            duration_us: stored.duration_us,
            obligations: stored.obligations,
            note: stored.note,
            recorded: RecordedView {
                node: stored.stamp.node.to_string(),
                epoch: stored.stamp.epoch,
                sequence: stored.stamp.sequence,
            },
            path: None,
        }
    }

    /// A decision as it was recorded, with its path.
    pub fn whole(stored: StoredDecision) -> Self {
        let path = stored.path.clone();
        Self { path: Some(path), ..Self::brief(stored) }
    }
}

impl From<Party> for PartyView {
    fn from(party: Party) -> Self {
        Self { id: party.id.uuid(), kind: party.id.kind().as_str(), name: party.name }
    }
}

impl PartyView {
    /// A principal as it is called now.
    pub(super) fn now(facts: &model::Snapshot, id: PrincipalId) -> Self {
        Party { id, name: facts.name_of(id).unwrap_or_default().to_owned() }.into()
    }
}

fn person(party: Party) -> Named {
    Named { id: party.id.uuid(), name: party.name }
}

fn asked_for(id: Option<Uuid>, name: Option<String>) -> Option<AskedFor> {
    (id.is_some() || name.is_some()).then_some(AskedFor { id, name })
}
