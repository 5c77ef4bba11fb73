//! What is asked of the evidence: decisions, changes, and who may do what now.

mod access;
mod agent_changes;
mod changes;
mod decisions;
mod explore;
mod search;
mod shown;

pub use access::{what, who};
pub use explore::{Asked, Explored, explore, reach_of};
pub use search::{Bar, Counts, FIELDS, Facet, Query, QueryError, Results, count};
pub use shown::shown;
pub use store::{
    Brief, ChangeCursor, ChangeFilter, DecisionCursor, DecisionFilter, Found, GatewayUsage, KeyUsage,
    Matches, Order, Page, Search, StoredDecision, Term,
};
