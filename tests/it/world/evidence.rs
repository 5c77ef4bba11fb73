//! Reading the evidence.

use serde_json::Value;

use super::World;

impl World {
    /// Every decision that a query leaves.
    pub(crate) async fn decisions(&self, query: &str) -> Vec<Value> {
        self.list(&format!("decisions?{query}")).await
    }

    /// One decision.
    pub(crate) async fn decision(&self, id: &str) -> Value {
        self.get(&format!("decisions/{id}")).await
    }

    /// Every change that a query leaves.
    pub(crate) async fn changes(&self, query: &str) -> Vec<Value> {
        self.list(&format!("audit?{query}")).await
    }
}
