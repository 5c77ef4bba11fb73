//! The numbered changes of an organization: written with the facts, read by nodes and auditors.

mod answered;
mod count;
mod find;
mod row;
mod search;
mod span;
mod took;

pub use count::{ChangeTallies, CountedChanges};
pub use find::{ChangeCursor, ChangeFilter};
pub use search::{ChangeMatches, ChangeSearch, FoundChanges};
pub use span::ChangeSpan;

pub(crate) use find::{after, each_until, starts_with};
pub(crate) use row::{principal, write};
