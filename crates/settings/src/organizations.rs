//! `[organizations]`: how organizations begin and end.

use std::str::FromStr;

use crate::reader::Reader;

/// Settings of organizations as tenants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organizations {
    /// `ANSWERABLE_ORGANIZATIONS__SIGN_UP`, `open`, `invitation` or `closed`, default `invitation`: nobody begins
    /// anything on somebody's installation without their leave.
    pub sign_up: SignUp,
    /// `ANSWERABLE_ORGANIZATIONS__UNDO_DAYS`, days, default 30, from 1 to 365: for how long the end of an organization
    /// can be undone. A month outlasts a holiday.
    pub undo_days: u16,
}

/// Who may come to this installation, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUp {
    /// Anybody may begin an organization of their own.
    Open,
    /// People come by invitation of an organization; organizations are made by the operator.
    Invitation,
    /// Only people who are known already may accept an invitation.
    Closed,
}

impl FromStr for SignUp {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "open" => Ok(Self::Open),
            "invitation" => Ok(Self::Invitation),
            "closed" => Ok(Self::Closed),
            _ => Err(()),
        }
    }
}

impl Default for Organizations {
    fn default() -> Self {
        Self { sign_up: SignUp::Invitation, undo_days: 30 }
    }
}

impl Organizations {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let default = Self::default();
        let sign_up = reader.read(
            ("organizations", "sign_up"),
            default.sign_up,
            "`open`, `invitation` or `closed`",
            |text| text.parse().ok(),
        );
        let undo_days = reader.number(("organizations", "undo_days"), default.undo_days, 1..=365, "days");
        Self { sign_up, undo_days }
    }
}
