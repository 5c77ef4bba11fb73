//! `[log]`: what is logged, and how.

use crate::reader::Reader;

const LEVELS: &[&str] = &["off", "error", "warn", "info", "debug", "trace"];

/// Settings of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// `ANSWERABLE_LOG__FORMAT`, `text` or `json`, default `text`: the first reader is a person at a terminal.
    pub format: LogFormat,
    /// `ANSWERABLE_LOG__FILTER`, default `info`: a level, or directives `target=level` separated by commas.
    pub filter: String,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object to a line, for collectors.
    Json,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".to_owned() }
    }
}

impl Log {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let default = Self::default();
        Self {
            format: reader.read(("log", "format"), default.format, "`text` or `json`", parse_format),
            filter: reader.read(
                ("log", "filter"),
                default.filter,
                "a level (off, error, warn, info, debug, trace) or `target=level` pairs separated by commas",
                |text| is_filter(text).then(|| text.to_owned()),
            ),
        }
    }
}

fn parse_format(text: &str) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

/// Checks the levels only: a directive without one is a target in the subscriber's language, but here it is
/// almost always a misspelled level, and would turn the log off.
fn is_filter(text: &str) -> bool {
    text.split(',').all(|directive| {
        let level = directive.rsplit_once('=').map_or(directive, |(_, level)| level);
        LEVELS.iter().any(|known| level.trim().eq_ignore_ascii_case(known))
    })
}
