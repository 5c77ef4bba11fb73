use std::net::IpAddr;

use decision::{Obligation, Party, Reason, Stamp, Step, Verdict};
use model::{
    DecisionId, FactKind, GatewayId, KeyId, OrganizationId, PrincipalId, Revision, RunId, ServerId, Target,
    Timestamp, ToolId, UserId, WorkspaceId,
};
use uuid::Uuid;

use super::row::Model;
use crate::{StoreError, text};

/// A recorded decision, as it was recorded: every name is the name at that time.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDecision {
    /// Its id.
    pub id: DecisionId,
    /// In whose evidence it was found.
    pub organization: OrganizationId,
    /// When it was decided.
    pub at: Timestamp,
    /// The revision of the facts of the organization that was asked.
    pub revision: Revision,
    /// Where the principal belonged to another organization: which, and the revision of its facts.
    pub home: Option<(OrganizationId, Revision)>,
    /// Where and in which order it was recorded.
    pub stamp: Stamp,
    /// Allow or deny.
    pub verdict: Verdict,
    /// Why, in full.
    pub reason: Reason,
    /// Why, as the caller was told.
    pub public_reason: Reason,
    /// The JSON-RPC method or management action asked for.
    pub action: String,
    /// Who acted. None: the operator, or nobody who could be recognized.
    pub actor: Option<Party>,
    /// Who answered for it. Robots and people: none.
    pub owner: Option<Party>,
    /// On whose behalf.
    pub on_behalf_of: Option<Party>,
    /// Who approved it.
    pub approver: Option<UserId>,
    /// The workload that presented the credential.
    pub instance: Option<String>,
    /// Who started the work.
    pub originator: Option<Uuid>,
    /// The gateway that asked.
    pub gateway: Option<GatewayId>,
    /// The key that proved the actor.
    pub key: Option<KeyId>,
    /// The workspace, where it was known.
    pub workspace: Option<WorkspaceId>,
    /// The workspace's slug as asked for, or as found.
    pub workspace_name: Option<String>,
    /// The server, where it was known.
    pub server: Option<ServerId>,
    /// The server's slug as asked for.
    pub server_name: Option<String>,
    /// The tool, where it was known.
    pub tool: Option<ToolId>,
    /// The tool's name as asked for.
    pub tool_name: Option<String>,
    /// What a management action was about.
    pub target: Option<Target>,
    /// SHA-256 of the arguments.
    pub arguments_digest: Option<[u8; 32]>,
    /// The caller's address.
    pub address: Option<IpAddr>,
    /// The run it belonged to.
    pub run: Option<RunId>,
    /// The W3C trace id.
    pub trace_id: Option<String>,
    /// The W3C span id.
    pub span_id: Option<String>,
    /// How long it took, in microseconds.
    pub duration_us: u64,
    /// Every question asked, in order.
    pub path: Vec<Step>,
    /// Duties on the gateway.
    pub obligations: Vec<Obligation>,
    /// Why, in the words of whoever managed.
    pub note: Option<String>,
}

impl Model {
    pub(super) fn decision(self) -> Result<StoredDecision, StoreError> {
        let actor = crate::changes::principal(self.actor_kind.as_deref(), self.actor_id)?;
        let person = |id: Option<Uuid>| id.map(|id| PrincipalId::User(UserId::from_uuid(id)));
        Ok(StoredDecision {
            id: DecisionId::from_uuid(self.id),
            organization: OrganizationId::from_uuid(self.organization_id),
            at: text::moment(self.at)?,
            revision: Revision(text::unsigned(self.revision)),
            home: self
                .home_organization_id
                .zip(self.home_revision)
                .map(|(id, revision)| (OrganizationId::from_uuid(id), Revision(text::unsigned(revision)))),
            stamp: Stamp {
                node: self.node.into(),
                epoch: text::unsigned(self.epoch),
                sequence: text::unsigned(self.sequence),
            },
            verdict: text::of_word(&self.verdict)?,
            reason: reason(&self.reason)?,
            public_reason: reason(&self.public_reason)?,
            action: self.action,
            actor: party(actor, self.actor_name),
            owner: party(person(self.owner_id), self.owner_name),
            on_behalf_of: party(person(self.on_behalf_of_id), self.on_behalf_of_name),
            approver: self.approver_id.map(UserId::from_uuid),
            instance: self.instance,
            originator: self.originator_id,
            gateway: self.gateway_id.map(GatewayId::from_uuid),
            key: self.key_id.as_deref().map(text::checked).transpose()?,
            workspace: self.workspace_id.map(WorkspaceId::from_uuid),
            workspace_name: self.workspace_name,
            server: self.server_id.map(ServerId::from_uuid),
            server_name: self.server_name,
            tool: self.tool_id.map(ToolId::from_uuid),
            tool_name: self.tool_name,
            target: target(self.target_kind, self.target_id)?,
            arguments_digest: self.arguments_digest.as_deref().map(text::digest).transpose()?,
            address: self.address.as_deref().map(text::checked).transpose()?,
            run: self.run_id.map(RunId::from_uuid),
            trace_id: self.trace_id,
            span_id: self.span_id,
            duration_us: text::unsigned(self.duration_us),
            path: text::of_json(&self.path)?,
            obligations: self.obligations.as_deref().map(text::of_json).transpose()?.unwrap_or_default(),
            note: self.note,
        })
    }
}

fn party(id: Option<PrincipalId>, name: Option<String>) -> Option<Party> {
    id.map(|id| Party { id, name: name.unwrap_or_default() })
}

fn reason(code: &str) -> Result<Reason, StoreError> {
    Reason::of(code).ok_or_else(|| StoreError::Corrupt(format!("`{code}` as a reason")))
}

fn target(kind: Option<String>, id: Option<String>) -> Result<Option<Target>, StoreError> {
    let (Some(kind), Some(id)) = (kind, id) else { return Ok(None) };
    let kind =
        FactKind::of(&kind).ok_or_else(|| StoreError::Corrupt(format!("`{kind}` as a kind of fact")))?;
    Ok(Some(Target { kind, id }))
}
