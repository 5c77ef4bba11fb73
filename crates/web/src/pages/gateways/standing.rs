//! Whether a gateway asks, or should be looked at: one that is silent while its agents work may be one that lets pass
//! what it does not ask about.

use app::GatewayUsage;
use chrono::TimeDelta;
use model::{Gateway, GatewayState, Timestamp};

/// A gateway that agents work behind is asked something every day.
const SILENT: TimeDelta = TimeDelta::days(1);

/// How a gateway stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It asks.
    Asks,
    /// It never asked.
    Never,
    /// It asked once, and has not for a day.
    Stopped,
    /// It is held.
    Paused,
    /// It has ended.
    Revoked,
}

impl Standing {
    /// As its state and its last call say.
    pub(super) fn of(gateway: &Gateway, usage: Option<&GatewayUsage>, now: Timestamp) -> Self {
        match (&gateway.state, usage) {
            (GatewayState::Paused(_), _) => Self::Paused,
            (GatewayState::Revoked(_), _) => Self::Revoked,
            (GatewayState::Active, None) => Self::Never,
            (GatewayState::Active, Some(usage)) if now - usage.at > SILENT => Self::Stopped,
            (GatewayState::Active, Some(_)) => Self::Asks,
        }
    }

    /// Its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Asks => "Asks",
            Self::Never => "Never asked",
            Self::Stopped => "Stopped asking",
            Self::Paused => "Paused",
            Self::Revoked => "Revoked",
        }
    }

    /// Its colour.
    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Asks => "allow",
            Self::Never | Self::Paused => "wait",
            Self::Stopped | Self::Revoked => "deny",
        }
    }

    /// Its icon.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Asks => "circle-check",
            Self::Never => "hourglass",
            Self::Stopped => "triangle-alert",
            Self::Paused => "circle-pause",
            Self::Revoked => "octagon-x",
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{Because, GatewayId};

    use super::*;

    #[test]
    fn a_gateway_that_does_not_ask_is_marked() {
        let now: Timestamp = "2026-11-26T14:00:00Z".parse().unwrap();
        let gateway = |state| Gateway {
            id: GatewayId::MIN,
            name: "Edge".parse().unwrap(),
            state,
            may_assert_subjects: false,
            allows_unseen_tools: false,
            created_at: now,
        };
        let asked = |hours| GatewayUsage {
            gateway: GatewayId::MIN,
            at: now - TimeDelta::hours(hours),
            allowed: 1,
            denied: 0,
        };
        let because = Because { at: now, by: None, reason: String::new() };
        for (state, usage, standing) in [
            (GatewayState::Active, None, Standing::Never),
            (GatewayState::Active, Some(asked(1)), Standing::Asks),
            (GatewayState::Active, Some(asked(25)), Standing::Stopped),
            (GatewayState::Paused(because.clone()), Some(asked(1)), Standing::Paused),
            (GatewayState::Revoked(because), None, Standing::Revoked),
        ] {
            assert_eq!(Standing::of(&gateway(state), usage.as_ref(), now), standing);
        }
    }
}
