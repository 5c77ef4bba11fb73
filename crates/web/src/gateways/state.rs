use std::sync::Arc;
use std::time::Duration;

use enforcement::Engine;

/// What the gateways' addresses work with.
#[derive(Clone)]
pub struct GatewayState {
    /// Decides and records.
    pub engine: Arc<Engine>,
    /// How much is taken from a caller.
    pub limits: Limits,
    /// Where this installation is reached from outside, without a slash at the end: `https://answerable.example`.
    pub public_url: String,
}

/// How much is taken from a caller, and how long it is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest body, in bytes.
    pub max_body_bytes: usize,
    /// How long a body may take to arrive where one has to come.
    pub body_patience: Duration,
    /// How long an announced body is waited for on forward-auth. nginx announces bodies that it never sends, and
    /// the agent waits meanwhile.
    pub announced_patience: Duration,
}

impl Default for Limits {
    /// 4 MiB, which holds the largest tool arguments seen in the field; 2 seconds; 100 milliseconds.
    fn default() -> Self {
        Self {
            max_body_bytes: 4 << 20,
            body_patience: Duration::from_secs(2),
            announced_patience: Duration::from_millis(100),
        }
    }
}
