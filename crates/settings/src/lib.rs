//! Typed configuration of the program.
//!
//! Values come from three places; a later one wins over an earlier one:
//!
//! 1. the default written beside each field in this crate,
//! 2. a TOML file (`--config`), `[section]` and `field = value`,
//! 3. the environment, `ANSWERABLE_<SECTION>__<FIELD>`, or `ANSWERABLE_<SECTION>__<FIELD>_FILE` with the path
//!    of a file whose trimmed contents are the value (how orchestrators hand over secrets).
//!
//! Everything is checked before anything starts, and every mistake is reported at once: a person who mends a
//! deployment should need one attempt, not one for each line. A name that is not a setting is a mistake too,
//! because a misspelled setting would otherwise silently be its default.
//!
//! [`Settings::load`] is a pure function of its inputs; [`Settings::from_environment`] feeds it the real ones.

mod connection_url;
mod database;
mod dns;
mod egress;
mod enforcement;
mod environment;
mod fields;
mod file;
mod given;
mod limits;
mod log;
mod mail;
mod metrics;
mod mistakes;
mod organizations;
mod passwords;
mod reader;
mod redis;
mod secrets;
mod server;
mod sign_in;
#[cfg(test)]
mod tests;

use std::io;

pub use crate::connection_url::ConnectionUrl;
pub use crate::database::{Database, DatabaseKind};
pub use crate::dns::Dns;
pub use crate::egress::{Egress, Exception, NotAnException};
pub use crate::enforcement::Enforcement;
pub use crate::limits::{LimitException, LimitName, Limits};
pub use crate::log::{Log, LogFormat};
pub use crate::mail::Mail;
pub use crate::metrics::Metrics;
pub use crate::mistakes::{Mistake, Mistakes};
pub use crate::organizations::{Organizations, SignUp};
pub use crate::passwords::Passwords;
pub use crate::redis::Redis;
pub use crate::secrets::Secrets;
pub use crate::server::{Role, Server, UnknownRole};
pub use crate::sign_in::SignIn;

use crate::given::Given;
use crate::reader::Reader;

/// Everything the program can be told from outside, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where organizations, keys and evidence are kept.
    pub database: Database,
    /// The listener that answers people and gateways.
    pub server: Server,
    /// The listener that answers the metrics scraper.
    pub metrics: Metrics,
    /// How this node holds its lease and records decisions.
    pub enforcement: Enforcement,
    /// What the operator permits outbound requests in spite of the rules.
    pub egress: Egress,
    /// Whom this program asks what domains say of themselves.
    pub dns: Dns,
    /// What is logged, and how.
    pub log: Log,
    /// The bus between nodes.
    pub redis: Redis,
    /// The key under which the secrets at rest are kept.
    pub secrets: Secrets,
    /// How organizations begin and end.
    pub organizations: Organizations,
    /// How letters to people are sent.
    pub mail: Mail,
    /// How much one organization may ask for.
    pub limits: Limits,
    /// What is asked about passwords.
    pub passwords: Passwords,
    /// What is asked of identity providers between two sign-ins.
    pub sign_in: SignIn,
}

impl Settings {
    /// Checks a configuration given as values.
    ///
    /// `file_text` is the name (for messages) and contents of the TOML file, `env` the environment, and
    /// `read_file` reads what a `…_FILE` variable points at.
    pub fn load(
        file_text: Option<(&str, &str)>,
        env: impl IntoIterator<Item = (String, String)>,
        read_file: impl Fn(&str) -> io::Result<String>,
    ) -> Result<Self, Mistakes> {
        let mut given = Given::default();
        let mut mistakes = Vec::new();
        if let Some((name, contents)) = file_text {
            file::collect(name, contents, &mut given, &mut mistakes);
        }
        environment::collect(env, read_file, &mut given, &mut mistakes);

        let mut reader = Reader::new(&given, &mut mistakes);
        let settings = Self {
            database: Database::read(&mut reader),
            server: Server::read(&mut reader),
            metrics: Metrics::read(&mut reader),
            enforcement: Enforcement::read(&mut reader),
            egress: Egress::read(&mut reader),
            dns: Dns::read(&mut reader),
            log: Log::read(&mut reader),
            redis: Redis::read(&mut reader),
            secrets: Secrets::read(&mut reader),
            organizations: Organizations::read(&mut reader),
            mail: Mail::read(&mut reader),
            limits: Limits::read(&mut reader),
            passwords: Passwords::read(&mut reader),
            sign_in: SignIn::read(&mut reader),
        };
        if mistakes.is_empty() { Ok(settings) } else { Err(Mistakes(mistakes)) }
    }
}
