//! What stands beside a list of changes: how they lie in time, and how often each actor, kind and action occurs.

use decision::{Action, On};
use model::{OrganizationId, PrincipalId, Snapshot, Timestamp};
use store::{ChangeSearch, CountedChanges};
use uuid::Uuid;

use super::Query;
use super::changes::principals;
use super::count::BARS;
use crate::{App, Error, Reading};

/// What was counted in a window of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeCounts {
    /// The window's beginning.
    pub from: Timestamp,
    /// Its end, not in it.
    pub until: Timestamp,
    /// Whether it begins later than the query does: as many changes were counted as one answer may.
    pub is_cut: bool,
    /// How many changes.
    pub records: u64,
    /// Over time, oldest first.
    pub bars: Vec<ChangeBar>,
    /// By field, as a query writes it: the commonest values, most first.
    pub facets: Vec<ChangeFacet>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeBar {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end, not in it.
    pub until: Timestamp,
    /// How many changes.
    pub changes: u64,
}

/// A field and its commonest values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeFacet {
    /// The field, as a query writes it.
    pub field: &'static str,
    /// Its values, most first.
    pub values: Vec<ChangeValue>,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeValue {
    /// As a query writes it: of a person or an agent the name, or the id where others are called the same.
    pub value: String,
    /// As people read it.
    pub name: String,
    /// In how many changes.
    pub changes: u64,
}

impl App {
    /// What a query means among the changes.
    pub fn change_search_of(&self, reading: &Reading, query: &Query) -> Result<ChangeSearch, Error> {
        query
            .change_search(&reading.facts, reading.now)
            .map_err(|error| Error::invalid("q", error.to_string()))
    }

    /// Counts what a query finds among the newest five thousand changes before its end.
    pub async fn count_changes(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        query: &Query,
    ) -> Result<ChangeCounts, Error> {
        reading.check(Action::ChangeRead, On::Organization)?;
        let search = self.change_search_of(reading, query)?;
        let counted = self.store.count_changes(organization, &search, BARS, reading.now).await?;
        Ok(ChangeCounts::of(&reading.facts, counted))
    }
}

impl ChangeCounts {
    fn of(facts: &Snapshot, counted: CountedChanges) -> Self {
        let bar = |(at, changes): (usize, &u64)| {
            let (from, until) = counted.stretch(at);
            ChangeBar { from, until, changes: *changes }
        };
        let bars = counted.bars.iter().enumerate().map(bar).collect();
        let kind =
            |(value, changes): (String, u64)| ChangeValue { name: value.replace('_', " "), value, changes };
        let action = |(value, changes): (String, u64)| ChangeValue { name: value.clone(), value, changes };
        let actors = counted.actors.into_iter().map(|(id, changes)| actor(facts, id, changes)).collect();
        Self {
            from: counted.from,
            until: counted.until,
            is_cut: counted.is_cut,
            records: counted.records,
            bars,
            facets: vec![
                ChangeFacet { field: "actor", values: actors },
                ChangeFacet { field: "kind", values: counted.kinds.into_iter().map(kind).collect() },
                ChangeFacet { field: "action", values: counted.actions.into_iter().map(action).collect() },
            ],
        }
    }
}

/// Who made changes. A name that several bear would find the changes of all of them.
fn actor(facts: &Snapshot, id: Uuid, changes: u64) -> ChangeValue {
    let kinds = [
        PrincipalId::User(model::UserId::from_uuid(id)),
        PrincipalId::Agent(model::AgentId::from_uuid(id)),
        PrincipalId::Robot(model::RobotId::from_uuid(id)),
    ];
    let name = kinds.into_iter().find_map(|principal| facts.name_of(principal));
    match name {
        Some(name) if principals(name, facts) == [id] => {
            ChangeValue { value: name.to_owned(), name: name.to_owned(), changes }
        }
        Some(name) => ChangeValue { value: id.to_string(), name: name.to_owned(), changes },
        None => ChangeValue { value: id.to_string(), name: "somebody who is gone".to_owned(), changes },
    }
}
