//! Summed of calls by the hour and by the agent, which pictures are drawn from: a million records cannot be counted while
//! somebody waits for a page.
//!
//! They are worked out from the evidence, beside the recorder and never by it. What is newer than the mark is counted
//! when it is looked at, so a picture is true to the last call.

mod closed;
mod count;
mod fill;
mod find;
mod health;

pub(crate) use closed::Closed;
pub use find::{AgentCount, HourCount, Summed};
pub use health::{Cascade, Pace};

/// Microseconds in an hour.
const HOUR: i64 = 3_600_000_000;
/// Hours in a day.
const DAY: i64 = 24;
/// What the actions of calls begin with. Management is evidence too, and no traffic.
const CALLS: &str = "tools/";
/// Rows that are written, and agents that are asked about, in one statement: their values stay far below what a statement
/// may have.
const AT_ONCE: usize = 200;
/// The newest records that are counted when somebody looks: what a busy organization records in some seconds, read in some
/// ten milliseconds. Where there are more, the picture says up to when it is whole.
const NEWEST: i64 = 5_000;
