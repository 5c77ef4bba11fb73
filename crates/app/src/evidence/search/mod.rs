//! Searching the evidence with a line of text: `actor:"Invoice Reconciler" decision:deny since:24h -server:github`.

mod changes;
mod count;
mod count_changes;
mod edit;
mod fields;
mod find;
mod query;
mod words;

pub use changes::CHANGE_FIELDS;
pub use count::{Bar, Counts, FACETS, Facet};
pub use count_changes::{ChangeBar, ChangeCounts, ChangeFacet, ChangeValue};
pub use fields::FIELDS;
pub use query::{Query, QueryError};
