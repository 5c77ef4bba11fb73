use model::{Revision, Timestamp};
use serde::Serialize;

/// The word that a change has taken effect: which nodes have applied it. After a complete receipt, no node answers
/// from the state before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The revision it is about.
    pub revision: Revision,
    /// The nodes.
    pub nodes: Vec<NodeReceipt>,
    /// Whether every live node has applied it, or its lease has run out.
    pub complete: bool,
    /// From the request to the receipt, in milliseconds.
    pub took_ms: u64,
}

/// One node in a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeReceipt {
    /// Its name.
    pub id: String,
    /// `applied`.
    pub state: &'static str,
    /// When.
    pub at: Timestamp,
}
