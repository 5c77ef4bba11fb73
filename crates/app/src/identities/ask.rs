use model::{AcceptedIdentityId, OrganizationId, Session, Snapshot};
use store::IdentityRequest;

use super::account::Account;
use crate::{App, Error};

impl App {
    /// Asks an organization to let the person of a session in by the account that they came in as.
    ///
    /// It says nothing of whether there is such an organization, or whether they are a member of it: whoever runs their
    /// provider can be them in this session, and is not to learn where else they belong.
    pub async fn ask_to_come_in(&self, session: &Session, named: &str) -> Result<(), Error> {
        let account = self.account_of(session).await?.ok_or_else(no_account)?;
        let Some(organization) = self.organization_named(named).await? else { return Ok(()) };
        let facts = match self.engine.replica().hold(organization).await {
            Err(enforcement::Missing::Unknown) => return Ok(()),
            held => held?,
        };
        self.note_request(organization, &facts, account).await
    }

    /// Notes a request where somebody could answer it: of an active member, in an active organization, which is not the
    /// account's own and has not accepted it as it is.
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
        Ok(self.store.ask_for_identity(organization, &request).await?)
    }
}

fn no_account() -> Error {
    let detail = "you did not sign in through the provider of an organization of yours, or it was changed since; sign in \
                  through it, and ask then";
    Error::Conflict { code: "no_account", detail: detail.to_owned() }
}
