//! A part of what is taken away.

use model::Change;
use store::{ChangeCursor, StoredDecision};

use super::Row;

/// Rows, newest first.
#[derive(Debug)]
pub enum Part {
    /// Decisions.
    Decisions(Vec<StoredDecision>),
    /// Changes.
    Changes(Vec<Change>),
}

impl Part {
    /// How many rows.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Decisions(rows) => rows.len() as u64,
            Self::Changes(rows) => rows.len() as u64,
        }
    }

    /// The first row and the last.
    pub(super) fn ends(&self) -> (Option<Row>, Option<Row>) {
        match self {
            Self::Decisions(rows) => (rows.first().map(Row::from), rows.last().map(Row::from)),
            Self::Changes(rows) => (rows.first().map(Row::from), rows.last().map(Row::from)),
        }
    }
}

impl From<&StoredDecision> for Row {
    fn from(stored: &StoredDecision) -> Self {
        Self { at: stored.at, id: stored.id.to_string() }
    }
}

impl From<&Change> for Row {
    fn from(change: &Change) -> Self {
        let place = ChangeCursor { revision: change.revision, position: change.position };
        Self { at: change.at, id: place_of(place) }
    }
}

/// A change's place as its id in a file.
pub(super) fn place_of(cursor: ChangeCursor) -> String {
    format!("{}.{}", cursor.revision.0, cursor.position)
}
