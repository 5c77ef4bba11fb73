//! What can go wrong in a chore.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Why a chore stopped; its text is the last line the developer reads.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A program could not be started at all.
    #[error("`{program}` could not be started: {source}")]
    Start {
        /// What was to be started.
        program: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// A program ran and reported failure.
    #[error("`{command}` failed ({status}){tail}")]
    Run {
        /// The command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// The end of what it printed, where that was captured.
        tail: String,
    },
    /// A component is still not there after its installation.
    #[error("{part} is needed for {why}, and could not be had: {detail}")]
    Missing {
        /// The component.
        part: String,
        /// What it proves.
        why: String,
        /// What was looked for.
        detail: String,
    },
    /// A file of the tree could not be read or written.
    #[error("`{}`: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Something that was measured is not what it has to be, so its figures would mean nothing.
    #[error("{0}")]
    Unfit(String),
}
