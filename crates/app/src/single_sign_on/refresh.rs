//! Asking providers again about the people who are signed in by them.
//!
//! What they say then counts as it would at a sign-in: groups that somebody has left take what they gave, and a sign-in
//! that the provider no longer stands behind is over. A provider that says nothing ends nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use decision::{Caller, Means};
use model::{Connection, ConnectionId, ConnectionKind, OrganizationId, SESSION_IDLE, Snapshot};
use signin::{Kept, NotRefreshed, Person, Said, SignInError};
use store::{DueSession, SealedTokens, TakenSession};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::asked::asked;
use super::provision;
use crate::sessions::TOUCHED_EVERY;
use crate::{App, Error, Planning, Request, members, pause};

/// So many sessions are looked after in one go, those of one organization one after the other: nobody's provider is asked
/// for all of their people at once.
const AT_ONCE: u64 = 64;
/// An organization's turn begins no further question after this long: the next go waits for the slowest of this one.
const LONGEST_TURN: TimeDelta = TimeDelta::seconds(20);
/// A node that does not finish with a session in this time has ended half-way, and another takes it over.
const TURN: TimeDelta = TimeDelta::minutes(5);

/// Why a turn came to nothing.
enum Failed {
    /// The provider cannot be asked about anybody.
    Provider(SignInError),
    /// What it said of this person cannot be used.
    Answer(SignInError),
    /// Ours.
    Ours(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<store::StoreError> for Failed {
    fn from(error: store::StoreError) -> Self {
        Self::Ours(error.into())
    }
}

impl App {
    /// Asks about the sessions that are due, each once, and returns how many that were. Told to stop, it begins with no
    /// further one.
    pub async fn refresh_due_sessions(&self, stop: &watch::Receiver<bool>) -> Result<usize, Error> {
        let Some(every) = self.refresh_every else { return Ok(0) };
        let now = self.engine.world().now();
        // In use is what was used since the provider was asked last, as far as use is noted.
        let used_since = now - (every + TOUCHED_EVERY).min(SESSION_IDLE);
        let due = self.store.due_sessions(now - every, now, used_since, AT_ONCE).await?;
        let count = due.len();
        let mut by_organization: BTreeMap<OrganizationId, Vec<DueSession>> = BTreeMap::new();
        for due in due {
            by_organization.entry(due.organization).or_default().push(due);
        }
        let mut asking = JoinSet::new();
        for due in by_organization.into_values() {
            let (app, stop) = (self.clone(), stop.clone());
            asking.spawn(async move { app.refresh_in_turn(due, every, &stop).await });
        }
        while let Some(asked) = asking.join_next().await {
            if let Err(error) = asked {
                tracing::error!(%error, "asking providers again broke off");
            }
        }
        Ok(count)
    }

    async fn refresh_in_turn(&self, due: Vec<DueSession>, every: TimeDelta, stop: &watch::Receiver<bool>) {
        let end = self.engine.world().now() + LONGEST_TURN;
        let mut silent: BTreeSet<ConnectionId> = BTreeSet::new();
        for due in due {
            if self.engine.world().now() > end || *stop.borrow() {
                break;
            }
            if silent.contains(&due.connection) {
                continue;
            }
            match self.refresh_session(due, every).await {
                Ok(true) => {}
                Ok(false) => {
                    silent.insert(due.connection);
                }
                Err(error) => {
                    tracing::warn!(%error, organization.id = %due.organization, session.id = %due.session,
                    "a provider could not be asked again");
                }
            }
        }
    }

    /// Asks about one session. False: its provider cannot be asked, and is not asked for others either.
    async fn refresh_session(&self, due: DueSession, every: TimeDelta) -> Result<bool, Error> {
        let world = self.engine.world();
        let now = world.now();
        // Taken before anybody is asked: a refresh token that two nodes show looks stolen to the provider.
        let taken = self.store.take_session(due, now - every, now, now + TURN).await?;
        let Some((taken, sealed)) = taken else { return Ok(true) };
        let (error, is_silent) = match self.ask_again(due, taken, &sealed).await {
            Ok(()) => {
                self.store.note_session_asked(taken, world.now()).await?;
                return Ok(true);
            }
            Err(Failed::Provider(error)) => (error, true),
            Err(Failed::Answer(error)) => (error, false),
            Err(Failed::Ours(error)) => return Err(error),
        };
        let now = world.now();
        // No longer than the interval: a provider that comes back is heard as soon as if it had never been away.
        let pause = pause::after(due.failures, every / 10, every);
        tracing::warn!(%error, organization.id = %due.organization, connection.id = %due.connection,
            session.id = %due.session, again_in_seconds = pause.num_seconds(),
            "a provider could not be asked again about somebody; their session goes on");
        self.store.note_session_failed(taken, now + pause).await?;
        if is_silent {
            let (organization, connection) = (due.organization, due.connection);
            self.store.put_off_sessions(organization, connection, now - every, now, now + pause).await?;
        }
        Ok(!is_silent)
    }

    async fn ask_again(
        &self,
        due: DueSession,
        taken: TakenSession,
        sealed: &SealedTokens,
    ) -> Result<(), Failed> {
        let organization = due.organization;
        let facts = self.engine.replica().hold(organization).await.map_err(Error::from)?;
        // What opens nothing anyway is not asked about.
        let Some(connection) = still_counts(&facts, due) else { return Ok(()) };
        let kept = self.open_tokens(organization, due.session, sealed).await?;
        let proof = self.client_proof(organization, &connection.terms).await?;
        let (tenant, redirect) = (organization.to_string(), self.redirect_of(connection.id));
        let proof = proof.as_deref().map(String::as_str);
        let asked = asked(&tenant, connection.id, &connection.terms, proof, &redirect);
        match self.signin.refresh(&asked, &kept, self.engine.world().now()).await {
            Ok(refreshed) => {
                // Before anything else: what was shown to the provider is worth nothing any more.
                let sealed = self.seal_tokens(organization, due.session, &refreshed.kept).await?;
                let is_kept = self.store.replace_session_tokens(taken, sealed).await?;
                // Where the session has ended meanwhile, what was given last is left for telling the provider so.
                if is_kept && self.store.has_turn(taken).await? {
                    self.take_word(due, taken, &connection, refreshed.said).await?;
                }
                Ok(())
            }
            Err(NotRefreshed::Ended(said)) => {
                let why = format!("the identity provider no longer stands behind this sign-in: {said}");
                self.end_at_provider(due, taken, &why).await?;
                // It has said itself that the token counts no more.
                Ok(self.store.drop_left_sign_in(taken).await?)
            }
            Err(NotRefreshed::OtherTerms) => {
                // Another provider's, or another client's: it is shown to nobody, and the session goes on as without.
                let kept = Kept { refresh: None, ..kept };
                let sealed = self.seal_tokens(organization, due.session, &kept).await?;
                self.store.replace_session_tokens(taken, sealed).await?;
                Ok(())
            }
            Err(NotRefreshed::Failed(error)) => Err(Failed::Provider(error)),
        }
    }

    async fn take_word(
        &self,
        due: DueSession,
        taken: TakenSession,
        connection: &Connection,
        said: Said,
    ) -> Result<(), Failed> {
        let person = match said {
            Said::Person(person) => person,
            Said::Nothing => return Ok(()),
            Said::Unknown(error) => return Err(Failed::Answer(error)),
            Said::Another => {
                let why = "the identity provider says that this sign-in is somebody else's";
                return Ok(self.end_at_provider(due, taken, why).await?);
            }
        };
        let (organization, user) = (due.organization, due.user);
        let known = self.store.identity(organization, connection.id, &person.issuer, &person.subject).await?;
        if known.is_none_or(|identity| identity.user != user) {
            let why = "the account of the identity provider is no longer this person's";
            return Ok(self.end_at_provider(due, taken, why).await?);
        }
        Ok(self.evaluate(due, connection, &person).await?)
    }

    /// Makes of the provider's word what a sign-in makes of it. Mostly it is known already: then it leaves no trace, as a
    /// page that is read leaves none.
    async fn evaluate(&self, due: DueSession, connection: &Connection, person: &Person) -> Result<(), Error> {
        let facts = self.engine.replica().hold(due.organization).await?;
        let caller = Caller { principal: None, means: Means::SignIn(connection.id) };
        let plan = |planning: &Planning<'_>| {
            // Who was taken out meanwhile is not brought back by being asked about.
            planning.active_member("user", due.user)?;
            let note = format!("said by {} while signed in", connection.name);
            Ok(provision(planning, connection, person, due.user)?.because(note))
        };
        let world = self.engine.world();
        let limits = self.engine.limiter().of(due.organization);
        let looking =
            Planning { facts: &facts, home: &facts, caller, now: world.now(), if_match: None, limits, world };
        if plan(&looking)?.edits.is_empty() {
            return Ok(());
        }
        let request = Request { caller, organization: due.organization, home: None, if_match: None };
        self.change(request, plan).await.map(drop)
    }

    /// Ends a session that its provider no longer stands behind, with the evidence saying why.
    async fn end_at_provider(&self, due: DueSession, taken: TakenSession, why: &str) -> Result<(), Error> {
        // Whoever has signed in anew meanwhile, or out, is not meant.
        if !self.store.has_turn(taken).await? {
            return Ok(());
        }
        let caller = Caller { principal: None, means: Means::SignIn(due.connection) };
        let request = Request { caller, organization: due.organization, home: None, if_match: None };
        self.change(request, |p| members::end_session(p, due.user, Some(due.session), why)).await?;
        tracing::info!(organization.id = %due.organization, session.id = %due.session, why, "a session has ended");
        Ok(())
    }
}

/// The connection of a session, while the session opens something by it.
fn still_counts(facts: &Snapshot, due: DueSession) -> Option<Connection> {
    let is_active = facts.organization().is_some_and(|organization| organization.is_active());
    let is_member = facts.member(due.user).is_some_and(|member| member.is_active());
    let connection = facts.connection(due.connection)?;
    let counts = is_active
        && is_member
        && connection.lets_in()
        && matches!(connection.terms.kind, ConnectionKind::Oidc);
    counts.then(|| Connection::clone(connection))
}
