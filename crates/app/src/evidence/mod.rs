//! What is asked of the evidence: decisions, changes, and who may do what now.

mod access;
mod agent_changes;
mod around;
mod changes;
mod decisions;
mod effective;
mod explore;
mod export;
mod holders;
mod saved;
mod search;
mod shown;
mod summary;
mod watch;

pub use access::{what, who};
pub use around::Around;
pub use effective::{Effect, Effects, effects};
pub use explore::{Asked, Explored, MOST_WAYS, explore};
pub use export::{Manifest, Of, Part, Taken};
pub use holders::{Held, Holders, holders};
pub use search::{
    Bar, CHANGE_FIELDS, ChangeBar, ChangeCounts, ChangeFacet, ChangeValue, Counts, FACETS, FIELDS, Facet,
    Query, QueryError,
};
pub use shown::shown;
pub use store::{AgentCount, Cascade, HourCount, Pace, Summed};
pub use store::{
    ChangeCursor, ChangeFilter, DecisionCursor, DecisionFilter, Found, FoundChanges, GatewayUsage, KeyUsage,
    Matches, Order, Page, SavedQuery, Search, StoredDecision, Tally, Term,
};
pub use watch::{MOST_AT_ONCE, Seen, Watch};
