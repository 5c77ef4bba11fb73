//! What is measured from inside, one process for each size so that memory is its own.

use super::contestant;
use super::load::figure;
use crate::failure::Failure;
use crate::step;

/// `decide` alone, on an organization of a size.
pub(super) struct Inside {
    pub(super) agents: u32,
    /// What one agent costs in the facts alone, in bytes.
    pub(super) bytes_per_agent: f64,
    /// One allowing decision, in nanoseconds.
    pub(super) allow: f64,
    /// One denying decision, in nanoseconds.
    pub(super) deny: f64,
}

/// Measures each size.
pub(super) fn measure(sizes: &[u32]) -> Result<Vec<Inside>, Failure> {
    println!("==> `decide` alone");
    sizes.iter().map(|agents| one(*agents)).collect()
}

fn one(agents: u32) -> Result<Inside, Failure> {
    let text = step::capture(contestant::measure().arg("decide").arg(agents.to_string()))?;
    let of = |name: &str| figure(&text, name).unwrap_or(f64::NAN);
    let inside =
        Inside { agents, bytes_per_agent: of("BYTES_PER_AGENT"), allow: of("ALLOW_NS"), deny: of("DENY_NS") };
    println!("    {agents:>7} agents: allow {:.0} ns, deny {:.0} ns", inside.allow, inside.deny);
    Ok(inside)
}
