//! What is done when somebody reports a secret that has leaked.

mod report;
mod revoke;

pub use report::REPORT_LIMIT;
pub use revoke::revoke;
