//! Streams of signals: which transmitters are believed.

mod create;
mod remove;

pub use create::{Created, NewDelivery, NewStream};

/// Where a transmitter's token stands, for sealing it there and nowhere else.
pub(super) const TABLE: &str = "signal_stream_secrets";
pub(super) const COLUMN: &str = "sealed";
