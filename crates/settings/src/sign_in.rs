//! `[sign_in]`: what is asked of identity providers between two sign-ins.

use std::time::Duration;

use crate::reader::Reader;

/// Settings of signing in through identity providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// `ANSWERABLE_SIGN_IN__REFRESH_SECONDS`, seconds, default 600, up to 43,200: how often a provider that gives refresh
    /// tokens is asked again about somebody whose session is in use. It is how long a person whom the provider has let go
    /// stays in, where it does not tell by itself; ten minutes are as long as its keys are believed. 0: never, and no
    /// refresh token is asked for. Longer than twelve hours no session lasts.
    pub refresh_seconds: u32,
}

impl Default for SignIn {
    fn default() -> Self {
        Self { refresh_seconds: 600 }
    }
}

impl SignIn {
    /// `refresh_seconds` as a duration. None: never.
    pub fn refresh(&self) -> Option<Duration> {
        (self.refresh_seconds > 0).then(|| Duration::from_secs(self.refresh_seconds.into()))
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let default = Self::default().refresh_seconds;
        Self {
            refresh_seconds: reader.number(("sign_in", "refresh_seconds"), default, 0..=43_200, "seconds"),
        }
    }
}
