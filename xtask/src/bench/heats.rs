//! Rounds in which everybody takes a turn, so that what the machine does meanwhile happens to all.

use std::collections::BTreeMap;

use super::contestant::Contestant;
use super::load::{self, Load};
use crate::failure::Failure;

/// One contestant at one number of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Heat {
    pub(super) name: &'static str,
    pub(super) connections: u32,
}

/// What came of every heat in every round.
pub(super) struct Heats(BTreeMap<Heat, Vec<Load>>);

impl Heats {
    /// Runs the plan so many times; every other time backwards, so that nobody always comes after the same one.
    pub(super) fn run(
        contestants: &[Contestant],
        plan: &[Heat],
        rounds: u32,
        seconds: u32,
    ) -> Result<Self, Failure> {
        let mut loads: BTreeMap<Heat, Vec<Load>> = BTreeMap::new();
        for round in 1..=rounds {
            println!("==> round {round} of {rounds}");
            let mut order: Vec<&Heat> = plan.iter().collect();
            if round % 2 == 0 {
                order.reverse();
            }
            for heat in order {
                let found = contestants.iter().find(|c| c.name == heat.name);
                let contestant =
                    found.ok_or_else(|| Failure::Unfit(format!("nobody is called {}", heat.name)))?;
                load::look(contestant, heat.connections)?;
                let load = load::run(contestant, heat.connections, seconds)?;
                let Load { per_second, p50, p99 } = load;
                println!(
                    "    {:<28} {:>4} connections {per_second:>9.0}/s  p50 {p50:>7.0} µs  p99 {p99:>7.0} µs",
                    heat.name, heat.connections
                );
                loads.entry(*heat).or_default().push(load);
            }
        }
        Ok(Self(loads))
    }

    /// One figure of every round of a heat.
    pub(super) fn figures(&self, name: &'static str, connections: u32, figure: fn(&Load) -> f64) -> Vec<f64> {
        let found = self.0.get(&Heat { name, connections });
        found.into_iter().flatten().map(figure).collect()
    }

    /// The median of that figure.
    pub(super) fn median(&self, name: &'static str, connections: u32, figure: fn(&Load) -> f64) -> f64 {
        median(&self.figures(name, connections, figure))
    }

    /// The figure of one heat over the figure of another, round by round.
    pub(super) fn ratios(
        &self,
        ours: &'static str,
        theirs: &'static str,
        connections: u32,
        figure: fn(&Load) -> f64,
    ) -> Vec<f64> {
        let ours = self.figures(ours, connections, figure);
        let theirs = self.figures(theirs, connections, figure);
        ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect()
    }
}

/// The middle one; of an even number, the mean of the middle two.
pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2);
    let lower = sorted.len().checked_sub(1).and_then(|last| sorted.get(last / 2));
    upper.zip(lower).map_or(f64::NAN, |(upper, lower)| f64::midpoint(*upper, *lower))
}
