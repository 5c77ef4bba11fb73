use app::evidence::DecisionFilter;
use decision::{Reason, Verdict};
use model::PrincipalKind;
use serde::Deserialize;
use utoipa::IntoParams;

use super::window::{moment, parsed};
use crate::Problem;
use crate::api::PageQuery;

const UUID: &str = "expected an id";

/// Which decisions. What is left out does not narrow. An unknown name is refused: a filter that was misspelt would
/// otherwise show everything.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// By the principal of this id.
    actor: Option<String>,
    /// By principals of this kind: `user`, `agent` or `robot`.
    actor_kind: Option<String>,
    /// By agents that this person answered for at the time.
    owner: Option<String>,
    /// By this person, or by agents that they answered for at the time.
    attributable_to: Option<String>,
    /// Of this run.
    run_id: Option<String>,
    /// In this workspace: its id, or its slug as it was asked for.
    workspace: Option<String>,
    /// On this server: its id, or its slug as it was asked for.
    server: Option<String>,
    /// Of this tool: its id, or its name as it was asked for.
    tool: Option<String>,
    /// `allow` or `deny`.
    decision: Option<String>,
    /// For this reason, by its code.
    reason: Option<String>,
    /// Whose action begins so, for example `agent.` or `tools/`.
    action: Option<String>,
    /// Asked by this gateway.
    gateway: Option<String>,
    /// Proven by this key: the twelve characters after `ans_ak_`.
    key: Option<String>,
    /// At or after this moment (RFC 3339).
    from: Option<String>,
    /// Before this moment (RFC 3339).
    until: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Filter {
    pub(super) fn page(&self) -> PageQuery {
        PageQuery { limit: self.limit, after: self.after.clone() }
    }

    /// The filter as the store takes it.
    pub(super) fn read(self) -> Result<DecisionFilter, Problem> {
        Ok(DecisionFilter {
            actor: parsed("actor", self.actor.as_deref(), UUID)?,
            actor_kind: self.actor_kind.as_deref().map(kind).transpose()?,
            owner: parsed("owner", self.owner.as_deref(), UUID)?,
            attributable_to: parsed("attributable_to", self.attributable_to.as_deref(), UUID)?,
            run: parsed("run_id", self.run_id.as_deref(), UUID)?,
            verdict: self.decision.as_deref().map(verdict).transpose()?,
            reason: self.reason.as_deref().map(reason).transpose()?,
            from: moment("from", self.from.as_deref())?,
            until: moment("until", self.until.as_deref())?,
            gateway: parsed("gateway", self.gateway.as_deref(), UUID)?,
            key: parsed("key", self.key.as_deref(), "expected the twelve characters of a key's public id")?,
            workspace: self.workspace,
            server: self.server,
            tool: self.tool,
            action: self.action,
            is_management: false,
        })
    }
}

fn kind(text: &str) -> Result<PrincipalKind, Problem> {
    let kinds = [PrincipalKind::User, PrincipalKind::Agent, PrincipalKind::Robot];
    let found = kinds.into_iter().find(|kind| kind.as_str() == text);
    found.ok_or_else(|| Problem::invalid_field("actor_kind", "expected `user`, `agent` or `robot`"))
}

fn verdict(text: &str) -> Result<Verdict, Problem> {
    match text {
        "allow" => Ok(Verdict::Allow),
        "deny" => Ok(Verdict::Deny),
        _ => Err(Problem::invalid_field("decision", "expected `allow` or `deny`")),
    }
}

fn reason(text: &str) -> Result<Reason, Problem> {
    Reason::of(text).ok_or_else(|| Problem::invalid_field("reason", "no such reason"))
}
