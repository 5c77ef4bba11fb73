//! What each field of a query means.

use chrono::TimeDelta;
use decision::{Reason, Verdict};
use model::{Gateway, GatewayId, PrincipalKind, Snapshot, Timestamp};
use store::Matches;

/// The fields there are, each with what may stand after it. Shown to people who ask, and who mistype.
pub const FIELDS: [(&str, &str); 18] = [
    ("actor", "who acted, by name or id"),
    ("owner", "who answered for it, by name or id"),
    ("on_behalf_of", "on whose behalf, by name or id"),
    ("kind", "agent, robot or user"),
    ("action", "what was asked for, for example tools/call or key.*"),
    ("decision", "allow or deny"),
    ("reason", "why, by its code"),
    ("workspace", "where"),
    ("server", "on which server"),
    ("tool", "which tool"),
    ("target", "the id of what was managed"),
    ("run", "in which run"),
    ("trace", "in which trace"),
    ("gateway", "through which gateway, by name or id"),
    ("key", "by which key: the twelve characters after ans_ak_"),
    ("ip", "from which address"),
    ("since", "from when: 15m, 24h, 7d, or a moment"),
    ("until", "until when: 15m, 24h, 7d ago, or a moment"),
];

/// Reads what stands after a field's colon. The error says what was expected.
pub(super) fn matches(field: &str, value: &str, facts: &Snapshot) -> Result<Matches, &'static str> {
    let text = || value.to_owned();
    Ok(match field {
        "actor" => Matches::Actor(text()),
        "owner" => Matches::Owner(text()),
        "on_behalf_of" => Matches::OnBehalfOf(text()),
        "kind" => Matches::Kind(kind(value).ok_or("agent, robot or user")?),
        "action" => match value.strip_suffix('*') {
            Some(prefix) => Matches::ActionPrefix(prefix.to_owned()),
            None => Matches::Action(text()),
        },
        "decision" => Matches::Verdict(verdict(value).ok_or("allow or deny")?),
        "reason" => Matches::Reason(Reason::of(value).ok_or("a reason's code, for example outside_scope")?),
        "workspace" => Matches::Workspace(text()),
        "server" => Matches::Server(text()),
        "tool" => Matches::Tool(text()),
        "target" => Matches::Target(text()),
        "run" => Matches::Run(value.parse().map_err(|_| "a run's id")?),
        "trace" => Matches::Trace(text()),
        "gateway" => Matches::Gateway(gateway(value, facts).ok_or("a gateway's name or id")?),
        "key" => Matches::Key(value.parse().map_err(|_| "the twelve characters of a key's public id")?),
        "ip" => Matches::Address(value.parse().map_err(|_| "an IP address")?),
        _ => return Err("a field that there is"),
    })
}

/// A moment: RFC 3339, a date, or how long ago.
pub(super) fn moment(value: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(moment) = value.parse::<Timestamp>() {
        return Some(moment);
    }
    if let Ok(day) = value.parse::<chrono::NaiveDate>() {
        return Some(day.and_hms_opt(0, 0, 0)?.and_utc());
    }
    let (number, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let number: i64 = number.parse().ok().filter(|number| (0..100_000).contains(number))?;
    let ago = match unit {
        "m" => TimeDelta::minutes(number),
        "h" => TimeDelta::hours(number),
        "d" => TimeDelta::days(number),
        "w" => TimeDelta::weeks(number),
        _ => return None,
    };
    now.checked_sub_signed(ago)
}

fn kind(value: &str) -> Option<PrincipalKind> {
    [PrincipalKind::User, PrincipalKind::Agent, PrincipalKind::Robot]
        .into_iter()
        .find(|kind| kind.as_str() == value)
}

fn verdict(value: &str) -> Option<Verdict> {
    match value {
        "allow" => Some(Verdict::Allow),
        "deny" => Some(Verdict::Deny),
        _ => None,
    }
}

fn gateway(value: &str, facts: &Snapshot) -> Option<GatewayId> {
    let named = |gateway: &&std::sync::Arc<Gateway>| gateway.name.as_str() == value;
    value.parse().ok().or_else(|| facts.list_gateways(None).find(named).map(|gateway| gateway.id))
}
