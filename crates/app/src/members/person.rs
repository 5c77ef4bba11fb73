use model::{User, UserId};

use crate::{App, Error};

/// The longest address that mail can be sent to (RFC 5321, section 4.5.3.1.3: 256 octets with its brackets).
const ADDRESS_LIMIT: usize = 254;

impl App {
    /// A person who is known somewhere on this installation, for taking them into an organization.
    ///
    /// Their e-mail address is left out: it was given to another organization, not to this one.
    pub async fn person_elsewhere(&self, user: UserId) -> Result<Option<User>, Error> {
        let found = self.store.user(user).await?;
        Ok(found.map(|person| User { email: None, ..person }))
    }
}

/// Checks where mail is to go. Loosely: an address authorises nothing, and only mail can prove one.
pub(crate) fn address(field: &str, email: Option<String>) -> Result<Option<String>, Error> {
    let Some(email) = email.map(|email| email.trim().to_owned()).filter(|email| !email.is_empty()) else {
        return Ok(None);
    };
    let around = email.split_once('@').is_some_and(|(before, after)| !before.is_empty() && !after.is_empty());
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    if around && plain && email.len() <= ADDRESS_LIMIT {
        Ok(Some(email))
    } else {
        Err(Error::invalid(field, "expected an e-mail address such as `maya@example.com`"))
    }
}
