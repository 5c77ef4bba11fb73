//! A provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0).

use std::collections::BTreeSet;
use std::sync::Arc;

use decision::{Action, Caller, Means, On};
use model::{Connection, ConnectionId, FactKind, OnLogout, OrganizationId, Snapshot, UserId, cascade};
use signin::LoggedOut;
use store::{CountsOnce, ProviderLogout};

use super::asked::asked;
use crate::{App, Error, Plan, Planning, Request};

/// What stands in the evidence.
const REASON: &str = "logged out at the provider";

impl App {
    /// A connection's provider says that somebody signed out there: the sessions that it knows end here too, with the
    /// evidence saying why, and everything else of theirs where the connection has it so. Returns of how many people. A
    /// token counts once, from the transaction on in which the sessions end: sent again after that failed, it counts.
    ///
    /// Also while the organization is stopped, or the connection lets nobody in: what is refused then is not told again,
    /// and the session would be back with them.
    pub async fn signed_out_there(&self, connection: ConnectionId, token: &str) -> Result<usize, Error> {
        let now = self.engine.world().now();
        let (organization, facts) = self.home_of(connection).await?;
        let connection = facts.connection(connection).ok_or(Error::NotFound(FactKind::Connection))?;
        let (tenant, redirect) = (organization.to_string(), self.redirect_of(connection.id));
        let asked = asked(&tenant, connection.id, &connection.terms, None, &redirect);
        let out = self.signin.logged_out(&asked, token, now).await?;
        let people = self.meant(organization, &facts, connection, &out).await?;
        let once = CountsOnce { name: out.name, remembered_until: out.remembered_until, at: now };
        let Some(last) = people.last().copied() else {
            let CountsOnce { name, remembered_until, at } = once;
            let first =
                self.store.see_token(organization, connection.id, &name, remembered_until, at).await?;
            return if first { Ok(0) } else { Err(used()) };
        };
        let caller = Caller { principal: None, means: Means::SignIn(connection.id) };
        for user in &people {
            let said = ProviderLogout {
                connection: connection.id,
                user: *user,
                session: out.session.clone(),
                // With the last of them: before, it would keep the others from being told again.
                token: Some(once.clone()).filter(|_| *user == last),
            };
            let request = Request { caller, organization, home: None, if_match: None };
            self.change(request, |planning| log_out(planning, said)).await?;
        }
        Ok(people.len())
    }

    /// The organization of a connection, in whatever state either is.
    async fn home_of(&self, connection: ConnectionId) -> Result<(OrganizationId, Arc<Snapshot>), Error> {
        let organization = self.store.organization_of_connection(connection).await?;
        let organization = organization.ok_or(Error::NotFound(FactKind::Connection))?;
        Ok((organization, self.engine.replica().hold(organization).await?))
    }

    /// Who is meant: with a session named, whoever has it; without, or where more than the session ends, whoever the subject
    /// is here.
    async fn meant(
        &self,
        organization: OrganizationId,
        facts: &Snapshot,
        connection: &Connection,
        out: &LoggedOut,
    ) -> Result<BTreeSet<UserId>, Error> {
        let mut people = BTreeSet::new();
        if let Some(session) = &out.session {
            people.extend(self.store.known_to_provider_as(connection.id, session).await?);
        }
        let by_subject = out.session.is_none() || ends_everything(connection);
        if let Some(subject) = out.subject.as_deref().filter(|_| by_subject) {
            let issuer = &connection.terms.issuer;
            let identity = self.store.identity(organization, connection.id, issuer, subject).await?;
            people.extend(identity.map(|identity| identity.user));
        }
        // Whoever is a member no more was signed out with their membership.
        people.retain(|user| facts.member(*user).is_some());
        Ok(people)
    }
}

/// What a sign-out at the provider brings about for one person.
fn log_out(planning: &Planning<'_>, said: ProviderLogout) -> Result<Plan<()>, Error> {
    let (user, connection) = (said.user, planning.connection(said.connection)?);
    let permit = planning.permit(Action::MemberSignOut, On::Member(user))?;
    let (reason, everything) = (REASON.to_owned(), ends_everything(connection));
    let edits = if everything {
        cascade::owner_lost(planning.facts, user, &planning.because(REASON))
    } else {
        Vec::new()
    };
    let plan = Plan::new(permit, edits, ()).because(reason).logging_out(said);
    Ok(if everything { plan.signing_out(user) } else { plan })
}

/// Whether more than sessions ends. Not by a connection that lets nobody in: its terms are not accepted, or no longer.
fn ends_everything(connection: &Connection) -> bool {
    connection.lets_in() && connection.terms.mapping.on_logout == OnLogout::EndEverything
}

/// A token that counted before.
pub(crate) fn used() -> Error {
    Error::Conflict { code: "used", detail: "this logout token was used before".to_owned() }
}
