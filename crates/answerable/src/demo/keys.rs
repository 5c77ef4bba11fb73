use std::fs;
use std::io::ErrorKind;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::failure::Failure;

/// The file that a demo keeps its keys in, so that a second start can show them again. Everywhere else a key is shown
/// once and kept by nobody; a demo's keys open nothing but the demo.
const FILE: &str = "demo-keys.env";

/// The names, as they are printed. The sign-in link is not among them: it works once, so every start has its own.
const NAMES: [&str; 5] = [
    "ANSWERABLE_ORG",
    "ANSWERABLE_API_KEY",
    "ANSWERABLE_GATEWAY_KEY",
    "ANSWERABLE_AGENT_KEY",
    "ANSWERABLE_ROBOT_KEY",
];

/// What a demo prints for scripts to read.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    values: [String; 5],
    /// The keys of the other agents that the shown decisions are about, by name.
    others: Vec<(String, String)>,
}

impl Keys {
    /// The keys of a freshly seeded organization.
    pub(crate) fn new(management: String, gateway: String, agent: String, robot: String) -> Self {
        let values = ["northwind".to_owned(), management, gateway, agent, robot];
        Self { values, others: Vec::new() }
    }

    /// The same, with the keys of other agents.
    pub(crate) fn and(self, others: Vec<(String, String)>) -> Self {
        Self { others, ..self }
    }

    /// The organization's slug.
    pub(crate) fn organization(&self) -> &str {
        let [organization, ..] = &self.values;
        organization
    }

    /// The gateway's key.
    pub(crate) fn gateway(&self) -> &str {
        let [_, _, gateway, _, _] = &self.values;
        gateway
    }

    /// The agent's key.
    pub(crate) fn agent(&self) -> &str {
        let [_, _, _, agent, _] = &self.values;
        agent
    }

    /// The robot's key.
    pub(crate) fn robot(&self) -> &str {
        let [_, _, _, _, robot] = &self.values;
        robot
    }

    /// The key of another agent, by name.
    pub(crate) fn other(&self, name: &str) -> &str {
        self.others.iter().find(|(known, _)| known == name).map_or("", |(_, key)| key)
    }

    /// Prints them, one to a line.
    pub(crate) fn print(&self) {
        for (name, value) in NAMES.iter().zip(&self.values) {
            println!("{name}={value}");
        }
    }

    /// Reads what an earlier start left.
    pub(crate) fn read(directory: &Path) -> Result<Option<Self>, Failure> {
        let text = match fs::read_to_string(directory.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::io(format!("cannot read `{FILE}`"))(error)),
        };
        let pairs: Vec<_> = text.lines().filter_map(|line| line.split_once('=')).collect();
        let value =
            |name: &str| pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        let others = pairs
            .iter()
            .filter(|(name, _)| !NAMES.contains(name))
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Ok(Some(Self { values: NAMES.map(|name| value(name).to_owned()), others }))
    }

    /// Leaves them for the next start, readable by this user alone.
    pub(crate) fn write(&self, directory: &Path) -> Result<(), Failure> {
        let known = NAMES.iter().map(ToString::to_string).zip(self.values.clone());
        let lines: Vec<_> =
            known.chain(self.others.clone()).map(|(name, value)| format!("{name}={value}")).collect();
        let text = format!("{}\n", lines.join("\n"));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let path = directory.join(FILE);
        options
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(Failure::io(format!("cannot write `{}`", path.display())))
    }
}
