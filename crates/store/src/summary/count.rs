//! Adding records up.

use std::collections::BTreeMap;

use sea_orm::QueryResult;
use uuid::Uuid;

use super::{DAY, HOUR};
use crate::StoreError;

/// A record, as far as it is counted; or many that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// The hour it falls into.
    pub(super) hour: i64,
    /// Who asked. None: nobody known.
    pub(super) actor: Option<(Uuid, String, String)>,
    /// Who answered for it.
    pub(super) owner: Option<Uuid>,
    /// `allow` or `deny`.
    pub(super) verdict: String,
    /// The reason's code.
    pub(super) reason: String,
    /// How many.
    pub(super) records: i64,
}

/// What [`Counted::of`] reads.
pub(super) const COLUMNS: &str = "at, actor_id, actor_kind, actor_name, owner_id, verdict, reason";

impl Counted {
    /// A record of the evidence.
    pub(super) fn of(row: &QueryResult) -> Result<Self, StoreError> {
        let id: Option<Uuid> = row.try_get("", "actor_id")?;
        let kind: Option<String> = row.try_get("", "actor_kind")?;
        let name: Option<String> = row.try_get("", "actor_name")?;
        let at: i64 = row.try_get("", "at")?;
        Ok(Self {
            hour: at.div_euclid(HOUR),
            actor: id.map(|id| (id, kind.unwrap_or_default(), name.unwrap_or_default())),
            owner: row.try_get("", "owner_id")?,
            verdict: row.try_get("", "verdict")?,
            reason: row.try_get("", "reason")?,
            records: 1,
        })
    }

    /// Whether it was allowed.
    pub(super) fn is_allowed(&self) -> bool {
        self.verdict == "allow"
    }
}

/// Records added up as the tables have them.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// By person (nobody: everybody), hour, verdict and reason.
    pub(super) hours: BTreeMap<(Uuid, i64, String, String), i64>,
    /// By actor and day: kind and name, allowed, denied.
    pub(super) days: BTreeMap<(Uuid, i64), Day>,
}

/// A day of an agent.
#[derive(Debug, Default)]
pub(super) struct Day {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) allowed: i64,
    pub(super) denied: i64,
}

impl Sums {
    /// Adds what was counted.
    pub(super) fn add(&mut self, counted: Counted) {
        let allowed = counted.is_allowed();
        let Counted { hour, actor, owner, verdict, reason, records } = counted;
        for person in [Some(Uuid::nil()), owner].into_iter().flatten() {
            *self.hours.entry((person, hour, verdict.clone(), reason.clone())).or_default() += records;
        }
        if let Some((id, kind, name)) = actor {
            let day = self.days.entry((id, hour.div_euclid(DAY))).or_default();
            (day.kind, day.name) = (kind, name);
            *if allowed { &mut day.allowed } else { &mut day.denied } += records;
        }
    }
}
