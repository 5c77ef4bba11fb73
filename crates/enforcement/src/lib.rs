//! The engine behind the enforcement endpoint: snapshots that follow the numbered changes, the lease that bounds how
//! stale they may be, the recorder that makes a decision durable before it is answered, and the engine that puts
//! them together.

mod authenticate;
mod digest;
mod directory;
mod engine;
mod lease;
mod limits;
mod recorder;
mod renewal;
mod replica;
mod usage;
mod uses;
mod visible;
mod world;

pub use authenticate::{GatewayCaller, Unauthenticated};
pub use digest::arguments_digest;
pub use engine::{Answer, Ask, Claim, Engine, Trace, Unavailable};
pub use lease::Lease;
pub use limits::{Limiter, Limits, OverLimit, Share, Turn};
pub use recorder::{NotRecorded, Recorder, RecorderOptions};
pub use renewal::keep_renewing;
pub use replica::{Missing, Replica};
pub use usage::Usage;
pub use visible::Visible;
pub use world::{Chance, Clock, World};
