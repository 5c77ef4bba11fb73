//! Load by `wrk`: closed loops, so many connections that each wait for their answer before they ask again.

use std::path::PathBuf;
use std::process::Command;

use super::contestant::Contestant;
use crate::failure::Failure;
use crate::{step, tree};

/// As many as there are cores on the machine that the targets were set on.
const THREADS: &str = "2";

/// What came of one round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    /// Answers in a second.
    pub(super) per_second: f64,
    /// The middle time of an answer, in microseconds.
    pub(super) p50: f64,
    /// The time that one answer in a hundred exceeded, in microseconds.
    pub(super) p99: f64,
}

/// Asks for so many seconds over so many connections. Fails where any answer was not 200.
pub(super) fn run(contestant: &Contestant, connections: u32, seconds: u32) -> Result<Load, Failure> {
    wrk(contestant, connections, seconds, "-")
}

/// The same for a second, and looks into each answer: fails where one does not allow.
pub(super) fn look(contestant: &Contestant, connections: u32) -> Result<Load, Failure> {
    wrk(contestant, connections, 1, contestant.expected)
}

fn wrk(contestant: &Contestant, connections: u32, seconds: u32, expected: &str) -> Result<Load, Failure> {
    let script: PathBuf = tree::root().join("tests/parts/wrk/check.lua");
    let mut command = Command::new("wrk");
    command.args(["-t", THREADS, "-c", &connections.to_string(), "-d", &format!("{seconds}s")]);
    command.arg("-s").arg(script).arg(contestant.program.url()).arg("--");
    command.arg(contestant.path).arg(&contestant.bodies).args([contestant.token.as_str(), expected]);
    let text = step::capture(&mut command)?;
    let load = read(&text).ok_or_else(|| Failure::Unfit(format!("wrk said something else: {text}")))?;
    let wrong = ["refused", "broken", "unexpected"].map(|name| figure(&text, name).unwrap_or(1.0));
    if wrong.iter().any(|count| *count > 0.0) {
        let name = contestant.name;
        return Err(Failure::Unfit(format!("{name}: not every answer was an allow: {text}")));
    }
    Ok(load)
}

fn read(text: &str) -> Option<Load> {
    let seconds = figure(text, "microseconds")? / 1e6;
    let per_second = figure(text, "requests")? / seconds;
    Some(Load { per_second, p50: figure(text, "p50")?, p99: figure(text, "p99")? })
}

/// The figure of a `name=figure` line.
pub(super) fn figure(text: &str, name: &str) -> Option<f64> {
    let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    found?.trim().parse().ok()
}
