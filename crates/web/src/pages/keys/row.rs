//! A key as lists and pages show it.

use app::{KeyUsage, Reading};
use keys::public_id;
use model::{Holder, Key, KeyState, Snapshot, Timestamp};

/// A key, ready to be shown. Never its secret, which nobody has.
#[derive(Debug, Clone)]
pub(crate) struct KeyRow {
    /// The twelve characters that its pages are under.
    pub(crate) id: String,
    /// What is shown of it everywhere: `ans_ak_…`.
    pub(crate) public_id: String,
    /// What it is for.
    pub(crate) name: String,
    /// Whose it is.
    pub(crate) holder: String,
    /// `agent`, `robot`, `gateway` or `user`.
    pub(crate) holder_kind: &'static str,
    /// The page of its holder, below the organization's.
    pub(crate) holder_path: String,
    /// `live`, `retiring`, `expired`, `revoked` or `leaked`.
    pub(crate) state: &'static str,
    /// When it was made.
    pub(crate) created_at: Timestamp,
    /// By whom.
    pub(crate) created_by: String,
    /// When it stops counting by itself. None once revoked.
    pub(crate) ends_at: Option<Timestamp>,
    /// Whether that is within two weeks.
    pub(crate) ends_soon: bool,
    /// When it was last used, to the minute.
    pub(crate) used_at: Option<Timestamp>,
    /// From where.
    pub(crate) used_from: String,
    /// How many of its calls were allowed.
    pub(crate) allowed: u64,
    /// How many were denied.
    pub(crate) denied: u64,
    /// The key that takes over from it, while it is retiring.
    pub(crate) successor: Option<String>,
    /// The key that it took over from.
    pub(crate) replaces: Option<String>,
    /// Why it was revoked, by whom and when.
    pub(crate) because: Option<(Timestamp, String, String)>,
    /// What it is limited to, in words.
    pub(crate) limits: Vec<String>,
}

/// The notices of security.md K5 begin with a month; a list is read weekly, so two weeks are soon.
const SOON: chrono::TimeDelta = chrono::TimeDelta::days(14);

impl KeyRow {
    /// A key as these facts show it.
    pub(crate) fn of(reading: &Reading, key: &Key, usage: Option<&KeyUsage>) -> Self {
        let facts = &reading.facts;
        let (holder, holder_path) = holder(facts, key.holder);
        let ends_at = key.effective_end();
        let (successor, because) = match &key.state {
            KeyState::Live => (None, None),
            KeyState::Retiring { successor, .. } => (Some(successor.to_string()), None),
            KeyState::Revoked(b) => (None, Some((b.at, who(facts, b.by), b.reason.clone()))),
        };
        let leaked = matches!(&key.state, KeyState::Revoked(b) if b.reason == keys::LEAKED);
        Self {
            id: key.id.to_string(),
            public_id: public_id(key.holder.key_kind(), key.id),
            name: key.name.to_string(),
            holder,
            holder_kind: key.holder.as_str(),
            holder_path,
            state: if leaked { "leaked" } else { key.state_at(reading.now) },
            created_at: key.created_at,
            created_by: who(facts, key.created_by.map(model::PrincipalId::User)),
            ends_at,
            ends_soon: key.counts_at(reading.now) && ends_at.is_some_and(|end| end - reading.now < SOON),
            used_at: usage.map(|usage| usage.at),
            used_from: usage.and_then(|usage| usage.address).map(|a| a.to_string()).unwrap_or_default(),
            allowed: usage.map_or(0, |usage| usage.allowed),
            denied: usage.map_or(0, |usage| usage.denied),
            successor,
            replaces: key.replaces.map(|id| id.to_string()),
            because,
            limits: limits(facts, key),
        }
    }

    /// Whether it still counts.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.state, "live" | "retiring")
    }
}

/// What a holder is called, and where its page is.
pub(crate) fn holder(facts: &Snapshot, holder: Holder) -> (String, String) {
    let gone = || "no longer known".to_owned();
    match holder {
        Holder::Agent(id) => {
            (facts.agent(id).map_or_else(gone, |agent| agent.name.to_string()), format!("agents/{id}/keys"))
        }
        Holder::Robot(id) => {
            (facts.robot(id).map_or_else(gone, |robot| robot.name.to_string()), format!("robots/{id}"))
        }
        Holder::Gateway(id) => (
            facts.gateway(id).map_or_else(gone, |gateway| gateway.name.to_string()),
            format!("gateways/{id}"),
        ),
        Holder::User(id) => {
            (facts.user(id).map_or_else(gone, |user| user.name.to_string()), "settings/api-keys".to_owned())
        }
        Holder::Directory(_) => ("the directory".to_owned(), "settings/directory".to_owned()),
    }
}

fn who(facts: &Snapshot, id: Option<model::PrincipalId>) -> String {
    crate::pages::agents::look::principal(facts, id)
}

fn limits(facts: &Snapshot, key: &Key) -> Vec<String> {
    let mut said = Vec::new();
    if !key.limits.addresses.is_empty() {
        let ranges: Vec<String> = key.limits.addresses.iter().map(ToString::to_string).collect();
        said.push(format!("only from {}", ranges.join(", ")));
    }
    if !key.limits.gateways.is_empty() {
        let name = |id: &model::GatewayId| {
            facts.gateway(*id).map_or_else(|| id.to_string(), |gateway| gateway.name.to_string())
        };
        let names: Vec<String> = key.limits.gateways.iter().map(name).collect();
        said.push(format!("only through {}", names.join(", ")));
    }
    if let Some(most) = key.limits.max_uses {
        said.push(format!("at most {most} uses"));
    }
    if let Some(scope) = &key.limits.scope {
        let n = scope.entries.len();
        said.push(format!("only {n} {} of the scope", if n == 1 { "entry" } else { "entries" }));
    }
    said
}
