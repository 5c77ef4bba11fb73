use egress::Egress;

use crate::Error;

/// Longer than any address a server is really found at.
const URL_LIMIT: usize = 2_048;

/// An address that tools can be imported from: one that the door to the outside would open. It is looked at again,
/// look-up included, at every import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerUrl(String);

impl ServerUrl {
    /// Checks an address as a request to it would be checked, without making one.
    pub fn checked(egress: &Egress, text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.len() > URL_LIMIT {
            return Err(Error::invalid("url", format!("at most {URL_LIMIT} characters")));
        }
        egress.check_url(text).map_err(|wrong| Error::invalid("url", wrong))?;
        Ok(Self(text.to_owned()))
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}
