use ::keys::Slip;
use chrono::TimeDelta;
use model::{OrganizationId, Timestamp, UserId};
use store::Reveal;

use crate::{App, Error};

/// A browser follows a redirect at once; ten minutes bridge a lost network. What nobody fetched by then is let go of,
/// and the key it was has to be replaced.
const SEALED_FOR: TimeDelta = TimeDelta::minutes(10);
/// Whoever reloads the page is told for a day when it was shown.
const TRACED_FOR: TimeDelta = TimeDelta::days(1);

/// What a slip leads to.
#[derive(Debug)]
pub enum Revealed {
    /// What was sealed. Nobody sees it again.
    Now {
        /// What it is.
        about: String,
        /// The secret.
        secret: zeroize::Zeroizing<String>,
    },
    /// It was shown already.
    Before {
        /// What it was.
        about: String,
        /// When it was shown.
        at: Timestamp,
    },
    /// Nobody came for it in time.
    TooLate {
        /// What it was.
        about: String,
    },
    /// The request that makes it is still at work.
    NotYet,
}

impl App {
    /// Takes a slip, before what is to be shown under it is made. False: the same request was here already, so nothing
    /// is to be made again.
    pub async fn begin_reveal(
        &self,
        organization: OrganizationId,
        user: UserId,
        slip: &Slip,
    ) -> Result<bool, Error> {
        Ok(self.store.begin_reveal(organization, slip.id(), user, self.engine.world().now()).await?)
    }

    /// Seals a secret under a slip that was taken. `about` says what it is and nothing of the secret.
    pub async fn seal_reveal(
        &self,
        organization: OrganizationId,
        slip: &Slip,
        about: &str,
        secret: &str,
    ) -> Result<(), Error> {
        let sealed = slip
            .seal(&purpose(organization, about), secret)
            .map_err(|error| Error::Internal(error.to_string()))?;
        Ok(self.store.fill_reveal(organization, slip.id(), about, sealed).await?)
    }

    /// Gives a slip back because nothing came of it: the person corrects what was wrong and sends it again.
    pub async fn abandon_reveal(&self, organization: OrganizationId, slip: &Slip) -> Result<(), Error> {
        Ok(self.store.abandon_reveal(organization, slip.id()).await?)
    }

    /// Whether a slip of that person's was taken. Looks without showing anything.
    pub async fn has_reveal(
        &self,
        organization: OrganizationId,
        user: UserId,
        slip: &Slip,
    ) -> Result<bool, Error> {
        let found = self.store.find_reveal(organization, slip.id()).await?;
        Ok(found.is_some_and(|found| found.user == user))
    }

    /// What a slip leads to, for the person who took it. None: there is no such slip of theirs.
    pub async fn reveal(
        &self,
        organization: OrganizationId,
        user: UserId,
        slip: &Slip,
    ) -> Result<Option<Revealed>, Error> {
        let found = self.store.find_reveal(organization, slip.id()).await?;
        let Some(Reveal { about, sealed, shown_at, .. }) = found.filter(|found| found.user == user) else {
            return Ok(None);
        };
        let now = self.engine.world().now();
        let Some(sealed) = sealed else {
            return Ok(Some(match shown_at {
                Some(at) => Revealed::Before { about, at },
                None if about.is_empty() => Revealed::NotYet,
                None => Revealed::TooLate { about },
            }));
        };
        // First let go, then show: of two requests at once, one shows it.
        if !self.store.note_shown(organization, slip.id(), now).await? {
            return Ok(Some(Revealed::Before { about, at: now }));
        }
        let secret = slip
            .open(&purpose(organization, &about), &sealed)
            .map_err(|error| Error::Internal(error.to_string()))?;
        Ok(Some(Revealed::Now { about, secret }))
    }

    /// What was sealed as that under a slip, for whoever has the slip: where nobody is signed in any more who could be asked
    /// for. None: there is no such thing, it was taken before, or nobody came for it in time.
    pub(crate) async fn take_reveal(
        &self,
        organization: OrganizationId,
        about: &str,
        slip: &Slip,
    ) -> Result<Option<zeroize::Zeroizing<String>>, Error> {
        let now = self.engine.world().now();
        let found = self.store.find_reveal(organization, slip.id()).await?;
        let found = found.filter(|found| found.about == about && now - found.made_at < SEALED_FOR);
        let Some(sealed) = found.and_then(|found| found.sealed) else { return Ok(None) };
        // First let go, then take: of two requests at once, one has it.
        if !self.store.note_shown(organization, slip.id(), now).await? {
            return Ok(None);
        }
        let opened = slip.open(&purpose(organization, about), &sealed);
        opened.map(Some).map_err(|error| Error::Internal(error.to_string()))
    }

    /// Lets go of secrets that nobody came to see, and of what is told about those that were shown.
    pub async fn forget_reveals(&self) -> Result<(), Error> {
        let now = self.engine.world().now();
        Ok(self.store.forget_reveals(now - SEALED_FOR, now - TRACED_FOR).await?)
    }
}

/// What a seal is bound to: it does not open in another organization, nor as something else.
fn purpose(organization: OrganizationId, about: &str) -> String {
    format!("{organization} {about}")
}
