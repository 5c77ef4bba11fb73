//! What a file is: what was asked, by whom, when, and which rows it has.

use model::{DecisionId, Timestamp};
use serde::Serialize;

/// What was taken away, by whom, and when.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    /// The record of the taking itself.
    pub decision: Option<DecisionId>,
    /// Of what its rows are.
    pub of: Of,
    /// The query, as it was written.
    pub query: String,
    /// In which shape: `csv` or `jsonl`.
    pub format: &'static str,
    /// Who took it, by id and name.
    pub by: Option<By>,
    /// When, which is also where it ends.
    pub at: Timestamp,
    /// How many rows.
    pub rows: u64,
    /// The newest of them, which comes first.
    pub newest: Option<Row>,
    /// The oldest of them, which comes last.
    pub oldest: Option<Row>,
    /// How many bytes the digest is of. None: it has not been sent to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// SHA-256 of the file in hexadecimal digits; of lines of JSON, of all before the last. None: it has not been sent to
    /// its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Decisions.
    Decisions,
    /// Changes.
    Changes,
}

/// Who took it.
#[derive(Debug, Clone, Serialize)]
pub struct By {
    /// Their id.
    pub id: uuid::Uuid,
    /// What they are called.
    pub name: String,
}

/// A row at the end of a range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// When it was decided or changed.
    pub at: Timestamp,
    /// Its id; of a change, its revision and its position in it: `42.0`.
    pub id: String,
}

impl Manifest {
    /// The same in words, for the record of the taking.
    pub(super) fn note(&self) -> String {
        let query = match (self.query.as_str(), self.of) {
            ("", Of::Decisions) => "everything",
            ("", Of::Changes) => "all changes",
            (query, _) => query,
        };
        let of = if self.of == Of::Changes && !self.query.is_empty() { "the changes " } else { "" };
        let rows = match (&self.newest, &self.oldest) {
            (Some(newest), Some(oldest)) => format!(
                "{} {}, from {} at {} back to {} at {}",
                self.rows,
                if self.rows == 1 { "row" } else { "rows" },
                newest.id,
                newest.at.to_rfc3339(),
                oldest.id,
                oldest.at.to_rfc3339()
            ),
            _ => "no rows".to_owned(),
        };
        format!("{} of {of}{query}: {rows}", self.format)
    }
}
