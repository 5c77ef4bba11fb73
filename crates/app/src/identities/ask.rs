use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use model::{AcceptedIdentityId, DecisionId, OrganizationId, Session, Snapshot, UserId};
use store::{IdentityRequest, Telling};

use super::account::Account;
use super::letter::letters;
use crate::{App, Error};

/// Whoever asks is answered no sooner: far longer than it takes to note a request and to write the letters, so that the time
/// says nothing of whether there was something to note.
const ANSWERED_AFTER: Duration = Duration::from_millis(400);
/// Nobody is told of twice in this time, however often they ask and decline it themselves.
const TOLD_EVERY: TimeDelta = TimeDelta::days(1);
/// Nor of more people than these: whoever runs a provider could otherwise make all that two organizations share ask at once.
/// The list of people has all of them.
const MOST_TOLD: u64 = 10;

impl App {
    /// Asks an organization to let the person of a session in by the account that they came in as.
    ///
    /// It says nothing of whether there is such an organization, or whether they are a member of it: whoever runs their
    /// provider can be them in this session, and is not to learn where else they belong. Nor does the time that it takes.
    pub async fn ask_to_come_in(&self, session: &Session, named: &str) -> Result<(), Error> {
        let (asked, ()) = tokio::join!(self.ask(session, named), tokio::time::sleep(ANSWERED_AFTER));
        asked
    }

    async fn ask(&self, session: &Session, named: &str) -> Result<(), Error> {
        let account = self.account_of(session).await?.ok_or_else(no_account)?;
        let theirs = self.theirs(account.user).await?;
        let named = self.organization_named(named).await?;
        let Some((organization, facts)) = named.and_then(|named| theirs.get_key_value(&named)) else {
            return Ok(());
        };
        self.note_request(*organization, facts, account).await
    }

    /// The facts of every organization that a person is an active member of.
    ///
    /// All of theirs are brought, whichever is named, and no other is: what a node has to read for it says nothing of the
    /// name, and nobody makes nodes hold organizations by naming them.
    async fn theirs(&self, user: UserId) -> Result<BTreeMap<OrganizationId, Arc<Snapshot>>, Error> {
        let mut theirs = BTreeMap::new();
        for organization in self.store.organizations_of(user).await? {
            match self.engine.replica().hold(organization).await {
                Err(enforcement::Missing::Unknown) => {}
                held => drop(theirs.insert(organization, held?)),
            }
        }
        Ok(theirs)
    }

    /// Notes a request where somebody could answer it: of an active member, in an active organization, which is not the
    /// account's own and has not accepted it as it is. Whoever can answer is told by letter, once.
    pub(crate) async fn note_request(
        &self,
        organization: OrganizationId,
        facts: &Snapshot,
        account: Account,
    ) -> Result<(), Error> {
        let Account { home, connection, issuer, subject, voucher, user } = account;
        let is_member = facts.organization().is_some_and(|found| found.is_active())
            && facts.member(user).is_some_and(|member| member.is_active());
        let is_accepted = facts.identities_of(user).any(|identity| identity.voucher == voucher);
        if !is_member || is_accepted || home == organization {
            return Ok(());
        }
        let world = self.engine.world();
        let asked_at = world.now();
        let id = AcceptedIdentityId::draw(asked_at, &mut world.entropy());
        let request = IdentityRequest { id, user, connection, issuer, subject, voucher, asked_at };
        let telling = self.telling(organization, facts, user).await?;
        self.store.ask_for_identity(organization, &request, &telling).await?;
        Ok(())
    }

    /// The letters that tell of somebody who asks.
    async fn telling(
        &self,
        organization: OrganizationId,
        facts: &Snapshot,
        user: UserId,
    ) -> Result<Telling, Error> {
        let world = self.engine.world();
        let now = world.now();
        let id = || DecisionId::draw(now, &mut world.entropy()).uuid();
        Ok(Telling {
            // Made before the transaction begins, as it may have to be kept first.
            sealer: self.store.sealer(organization).await?,
            letters: letters(facts, user, &self.public_url)
                .into_iter()
                .map(|letter| (id(), letter))
                .collect(),
            since: now - TOLD_EVERY,
            most: MOST_TOLD,
        })
    }
}

fn no_account() -> Error {
    let detail = "you did not sign in through the provider of an organization of yours, or it was changed since; sign in \
                  through it, and ask then";
    Error::Conflict { code: "no_account", detail: detail.to_owned() }
}
