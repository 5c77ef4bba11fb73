//! Running other programs, so that the one that failed is named and its time is known.

use std::ffi::OsStr;
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;

/// How many lines of a failed installer are worth reading.
const TAIL_LINES: usize = 25;

/// Runs a command whose output the developer wants to see, with its time.
pub(crate) fn run(title: &str, command: &mut Command) -> Result<(), Failure> {
    println!("==> {title}");
    let started = Instant::now();
    let status = command.status().map_err(|source| Failure::Start { program: program(command), source })?;
    let took = started.elapsed().as_secs_f64();
    if !status.success() {
        return Err(Failure::Run { command: line(command), status, tail: format!(" after {took:.1} s") });
    }
    println!("    {title}: {took:.1} s");
    Ok(())
}

/// Runs a command quietly and returns what it printed; its last lines are shown when it fails.
pub(crate) fn capture(command: &mut Command) -> Result<String, Failure> {
    let output = command.output().map_err(|source| Failure::Start { program: program(command), source })?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        return Ok(text);
    }
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines.iter().skip(lines.len().saturating_sub(TAIL_LINES));
    let tail = tail.fold(String::from(":"), |all, line| all + "\n    " + line);
    Err(Failure::Run { command: line(command), status: output.status, tail })
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
