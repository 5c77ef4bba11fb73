//! `[limits]`: how much one organization may ask for.

use std::str::FromStr;

use model::OrganizationId;

use crate::reader::Reader;

/// Settings of limits. Zero: none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// `ANSWERABLE_LIMITS__CALLS_PER_SECOND`, calls, default 1,000: what the gateways of one organization may ask of
    /// one node in a second, twice that at once.
    pub calls_per_second: u32,
    /// `ANSWERABLE_LIMITS__REQUESTS_PER_SECOND`, requests, default 50: to the management API and the pages.
    pub requests_per_second: u32,
    /// `ANSWERABLE_LIMITS__AGENTS`, agents, default 10,000: that have not been revoked.
    pub agents: u32,
    /// `ANSWERABLE_LIMITS__EXCEPTIONS`, default empty: `<organization id>/<limit>=<number>` with `calls_per_second`,
    /// `requests_per_second` or `agents`.
    pub exceptions: Vec<LimitException>,
    /// `ANSWERABLE_LIMITS__SIGN_INS_PER_MINUTE`, requests, default 300: what one address may ask one node for in a minute
    /// without being signed in. A sign-in takes two or three, and a whole office may share an address.
    pub sign_ins_per_minute: u32,
    /// `ANSWERABLE_LIMITS__SIGN_UPS_PER_HOUR`, people, default 20: new people, and organizations of theirs, that one
    /// address may make on one node in an hour.
    pub sign_ups_per_hour: u32,
}

/// Another limit for one organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitException {
    /// Whose.
    pub organization: OrganizationId,
    /// Which.
    pub limit: LimitName,
    /// How much.
    pub value: u32,
}

/// Which limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitName {
    /// Of the gateways' calls.
    CallsPerSecond,
    /// Of requests to the management API and the pages.
    RequestsPerSecond,
    /// Of agents.
    Agents,
}

impl FromStr for LimitException {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (organization, rest) = text.trim().split_once('/').ok_or(())?;
        let (limit, value) = rest.split_once('=').ok_or(())?;
        let limit = match limit {
            "calls_per_second" => LimitName::CallsPerSecond,
            "requests_per_second" => LimitName::RequestsPerSecond,
            "agents" => LimitName::Agents,
            _ => return Err(()),
        };
        let organization = organization.parse().map_err(|_| ())?;
        Ok(Self { organization, limit, value: value.parse().map_err(|_| ())? })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls_per_second: 1_000,
            requests_per_second: 50,
            agents: 10_000,
            exceptions: Vec::new(),
            sign_ins_per_minute: 300,
            sign_ups_per_hour: 20,
        }
    }
}

/// More in a second than a machine does is none.
const MOST: u32 = 1_000_000;

impl Limits {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let default = Self::default();
        Self {
            calls_per_second: reader.number(
                ("limits", "calls_per_second"),
                default.calls_per_second,
                0..=MOST,
                "calls",
            ),
            requests_per_second: reader.number(
                ("limits", "requests_per_second"),
                default.requests_per_second,
                0..=MOST,
                "requests",
            ),
            agents: reader.number(("limits", "agents"), default.agents, 0..=MOST, "agents"),
            exceptions: reader.read(
                ("limits", "exceptions"),
                default.exceptions,
                "`<organization id>/<limit>=<number>` with `calls_per_second`, `requests_per_second` or `agents`",
                |text| match text.trim() {
                    "" => Some(Vec::new()),
                    text => text.split(',').map(|item| item.parse().ok()).collect(),
                },
            ),
            sign_ins_per_minute: reader.number(
                ("limits", "sign_ins_per_minute"),
                default.sign_ins_per_minute,
                0..=MOST,
                "requests",
            ),
            sign_ups_per_hour: reader.number(
                ("limits", "sign_ups_per_hour"),
                default.sign_ups_per_hour,
                0..=MOST,
                "people",
            ),
        }
    }
}
