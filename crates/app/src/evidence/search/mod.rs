//! Searching the evidence with a line of text: `actor:"Invoice Reconciler" decision:deny since:24h -server:github`.

mod count;
mod fields;
mod find;
mod query;
mod words;

pub use count::{Bar, Counts, Facet, count};
pub use fields::FIELDS;
pub use find::Results;
pub use query::{Query, QueryError};
