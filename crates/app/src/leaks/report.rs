use std::collections::BTreeMap;

use ::keys::Presented;
use decision::{Caller, Means};
use model::{Key, KeyState, OrganizationId};

use crate::leaks::revoke;
use crate::{App, Error, Request};

/// What a scanner finds in one repository fits; whoever has more sends another report.
pub const REPORT_LIMIT: usize = 1_000;

impl App {
    /// Ends every key whose whole secret is among these texts, each in its organization and with evidence there.
    ///
    /// What comes back says nothing of what was found. Texts that are no tokens cost no I/O, well-formed ones that are
    /// nobody's one look-up. An error means that the report should be sent again: a known key may still stand.
    pub async fn report_leaks(&self, texts: &[String]) -> Result<(), Error> {
        // Told apart by their whole text: a made-up token with the id of a true one must not hide it.
        let shown: BTreeMap<[u8; 32], Presented> = texts
            .iter()
            .filter_map(|text| Presented::parse(text).ok())
            .map(|shown| (shown.hash(), shown))
            .collect();
        for presented in shown.into_values() {
            if let Some(organization) = self.holder_of(&presented).await? {
                self.end_leaked(organization, presented).await?;
            }
        }
        Ok(())
    }

    /// The organization of the key that a token proves, unless the key has ended already.
    async fn holder_of(&self, presented: &Presented) -> Result<Option<OrganizationId>, Error> {
        let Some(organization) = self.store.organization_of_key(presented.id()).await? else {
            return Ok(None);
        };
        let facts = self.engine.replica().catch_up(organization).await?;
        let proven = facts.key(presented.id()).is_some_and(|key| presented.proves(key) && !has_ended(key));
        Ok(proven.then_some(organization))
    }

    async fn end_leaked(&self, organization: OrganizationId, presented: Presented) -> Result<(), Error> {
        let caller = Caller { principal: None, means: Means::LeakReport(presented.id()) };
        let request = Request { caller, organization, home: None, if_match: None };
        match self.change(request, |planning| revoke(planning, &presented)).await {
            // Somebody ended it in between: what was wanted is so.
            Ok(_) | Err(Error::Conflict { code: "key", .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Whether a key was revoked, so that there is nothing more to end.
fn has_ended(key: &Key) -> bool {
    matches!(key.state, KeyState::Revoked(_))
}
