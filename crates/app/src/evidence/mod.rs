//! What is asked of the evidence: decisions, changes, and who may do what now.

mod access;
mod changes;
mod decisions;
mod shown;

pub use access::{what, who};
pub use shown::shown;
pub use store::{
    ChangeCursor, ChangeFilter, DecisionCursor, DecisionFilter, GatewayUsage, KeyUsage, Order, Page,
    StoredDecision,
};
