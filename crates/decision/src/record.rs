use std::net::IpAddr;
use std::sync::Arc;

use model::{DecisionId, GatewayId, OrganizationId, RunId, Timestamp};

use crate::{Call, Decision, Party};

/// A decision as it is kept: the two-principal record, with what was asked beside what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its id, given to the caller.
    pub id: DecisionId,
    /// When it was decided.
    pub at: Timestamp,
    /// The decision.
    pub decision: Decision,
    /// What was asked for: a JSON-RPC method, or a management action.
    pub action: String,
    /// The gateway that asked. Management: none.
    pub gateway: Option<GatewayId>,
    /// On whose behalf, where a delegation proved it.
    pub on_behalf_of: Option<Party>,
    /// The server's slug as it was asked for, known or not.
    pub server: Option<String>,
    /// The tool's name as it was asked for, known or not.
    pub tool: Option<String>,
    /// The workspace's slug as it was asked for, known or not.
    pub workspace: Option<String>,
    /// SHA-256 of the arguments in canonical form (RFC 8785), where there were any.
    pub arguments_digest: Option<[u8; 32]>,
    /// The address the caller came from, as the gateway says it.
    pub address: Option<IpAddr>,
    /// The run it belongs to, as the gateway says it.
    pub run: Option<RunId>,
    /// The W3C trace id, 32 hexadecimal digits.
    pub trace_id: Option<String>,
    /// The W3C span id of the caller, 16 hexadecimal digits.
    pub span_id: Option<String>,
    /// How long it took from the parsed call to the decision, in microseconds.
    pub duration_us: u64,
    /// Why, in the words of the person who managed; kept where the target itself has no place for it.
    pub note: Option<String>,
    /// Where and in which order it was recorded. Set by the recorder.
    pub stamp: Stamp,
}

/// Gap-free numbering of a node's records, so that a lost one shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The node that recorded it.
    pub node: Arc<str>,
    /// The start of that node's process, counted in milliseconds since 1970.
    pub epoch: u64,
    /// The position within the epoch, from one.
    pub sequence: u64,
}

impl Record {
    /// A record of a decision, with nothing but the decision and its action filled in.
    pub fn of(id: DecisionId, at: Timestamp, decision: Decision) -> Self {
        let action = decision.action.map(|action| action.name().to_owned()).unwrap_or_default();
        Self {
            id,
            at,
            decision,
            action,
            gateway: None,
            on_behalf_of: None,
            server: None,
            tool: None,
            workspace: None,
            arguments_digest: None,
            address: None,
            run: None,
            trace_id: None,
            span_id: None,
            duration_us: 0,
            note: None,
            stamp: Stamp::default(),
        }
    }

    /// A record of a decided call, with what was asked.
    pub fn of_call(id: DecisionId, decision: Decision, call: &Call<'_>) -> Self {
        Self {
            action: call.operation.method().to_owned(),
            gateway: Some(call.gateway),
            server: Some(call.server.to_owned()),
            tool: call.operation.tool().map(ToOwned::to_owned),
            workspace: call
                .workspace
                .map(ToOwned::to_owned)
                .or_else(|| decision.workspace.as_ref().map(|place| place.name.clone())),
            address: call.address,
            ..Self::of(id, call.now, decision)
        }
    }

    /// The organizations whose evidence it belongs to: the one that was asked, and the principal's own where that is
    /// another.
    pub fn organizations(&self) -> impl Iterator<Item = OrganizationId> {
        self.decision.organization.into_iter().chain(self.decision.home.map(|(id, _)| id))
    }
}
