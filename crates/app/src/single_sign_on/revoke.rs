//! Telling providers that what they gave for a session counts no more (RFC 7009), once the session is gone.
//!
//! Nobody waits for it: whoever signs out is signed out here, whatever their provider does. It is tried again while the
//! provider cannot be asked, for a day at most.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use model::{ConnectionId, ConnectionKind, OrganizationId, SESSION_IDLE};
use signin::NotRevoked;
use store::{LeftAt, LeftSignIn, SealedTokens};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::asked::asked;
use crate::{App, Error, pause};

/// So many are told of in one go, those of one organization one after the other.
const AT_ONCE: u64 = 64;
/// An organization's turn begins no further one after this long.
const LONGEST_TURN: TimeDelta = TimeDelta::seconds(20);
/// A node that does not finish with one in this time has ended half-way, and another takes it over.
const TURN: TimeDelta = TimeDelta::minutes(5);
/// A provider that was away for a moment is soon told.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(10);
/// One that is away for longer is tried this often.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// Nobody is told in the first moments after a session has ended. Whoever signs in anew is given something before their
/// session is kept, and a provider that ends everything of theirs with what it is told of would end that too. After this the
/// new session is there, and nothing is told.
const GRACE: TimeDelta = TimeDelta::seconds(60);
/// Counted from when the provider was last asked about it. A session lasts twelve hours, so half of it is left for telling.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::hours(24);

impl App {
    /// Tells providers of what is left of sessions that are gone, each once, and returns how many that were. Told to stop,
    /// it begins with no further one.
    pub async fn revoke_left_tokens(&self, stop: &watch::Receiver<bool>) -> Result<usize, Error> {
        let left = self.store.left_sign_ins(self.left_at(), AT_ONCE).await?;
        let count = left.len();
        let mut by_organization: BTreeMap<OrganizationId, Vec<LeftSignIn>> = BTreeMap::new();
        for left in left {
            by_organization.entry(left.organization).or_default().push(left);
        }
        let mut telling = JoinSet::new();
        for (organization, left) in by_organization {
            let (app, stop) = (self.clone(), stop.clone());
            telling.spawn(async move { app.revoke_in_turn(organization, left, &stop).await });
        }
        while let Some(told) = telling.join_next().await {
            if let Err(error) = told {
                tracing::error!(%error, "telling providers of sessions that have ended broke off");
            }
        }
        Ok(count)
    }

    async fn revoke_in_turn(
        &self,
        organization: OrganizationId,
        left: Vec<LeftSignIn>,
        stop: &watch::Receiver<bool>,
    ) {
        let end = self.engine.world().now() + LONGEST_TURN;
        if left.iter().any(|left| left.connection.is_none()) {
            self.forget_left(organization).await;
        }
        if left.iter().any(|left| left.is_new) {
            self.note_left(organization).await;
        }
        let mut silent: BTreeSet<ConnectionId> = BTreeSet::new();
        for left in left.into_iter().filter(|left| !left.is_new) {
            if self.engine.world().now() > end || *stop.borrow() {
                break;
            }
            let Some(connection) = left.connection.filter(|connection| !silent.contains(connection)) else {
                continue;
            };
            match self.revoke_left(left, connection).await {
                Ok(true) => {}
                Ok(false) => {
                    silent.insert(connection);
                }
                Err(error) => {
                    tracing::warn!(%error, organization.id = %organization, session.id = %left.session,
                        "a provider could not be told of a session that has ended");
                }
            }
        }
    }

    /// Notes what nobody has seen before, so that its time begins.
    async fn note_left(&self, organization: OrganizationId) {
        let now = self.engine.world().now();
        // Where providers are asked again more often than that, they answer as soon, and need no longer.
        let grace = self.refresh_every.map_or(GRACE, |every| every.min(GRACE));
        if let Err(error) = self.store.note_left_sign_ins(organization, now, now + grace).await {
            tracing::warn!(%error, organization.id = %organization,
                "it could not be noted what is left of sessions");
        }
    }

    /// Forgets what there is nothing to tell about.
    async fn forget_left(&self, organization: OrganizationId) {
        match self.store.forget_left_sign_ins(organization, self.left_at()).await {
            Ok(count) => {
                tracing::debug!(organization.id = %organization, count, "what was left of sessions is forgotten");
            }
            Err(error) => {
                tracing::warn!(%error, organization.id = %organization,
                    "what was left of sessions could not be forgotten");
            }
        }
    }

    /// Tells of one. False: its provider cannot be told now, and is not told of others either.
    async fn revoke_left(&self, left: LeftSignIn, connection: ConnectionId) -> Result<bool, Error> {
        let at = self.left_at();
        // Taken before anybody is told: of several nodes one tells it, and a crash half-way tells it again later.
        let taken = self.store.take_left_sign_in(left, at, at.now + TURN).await?;
        let Some((taken, sealed)) = taken else { return Ok(true) };
        let (organization, session) = (left.organization, left.session);
        match self.tell_of(left, connection, &sealed).await? {
            Ok(()) => {
                tracing::debug!(organization.id = %organization, session.id = %session, "a provider was told that a session has ended");
            }
            Err(NotRevoked::Nothing) => {}
            Err(NotRevoked::Refused(said)) => {
                tracing::warn!(organization.id = %organization, connection.id = %connection, session.id = %session, said,
                    "a provider does not let itself be told that a session has ended; what it gave is forgotten here");
            }
            Err(NotRevoked::Failed(error)) => {
                let pause = pause::after(left.failures, FIRST_PAUSE, LONGEST_PAUSE);
                tracing::warn!(%error, organization.id = %organization, connection.id = %connection,
                    session.id = %session, again_in_seconds = pause.num_seconds(),
                    "a provider could not be told that a session has ended");
                let now = self.engine.world().now();
                self.store.note_session_failed(taken, now + pause).await?;
                self.store.put_off_left_sign_ins(organization, connection, now, now + pause).await?;
                return Ok(false);
            }
        }
        self.store.drop_left_sign_in(taken).await?;
        Ok(true)
    }

    async fn tell_of(
        &self,
        left: LeftSignIn,
        connection: ConnectionId,
        sealed: &SealedTokens,
    ) -> Result<Result<(), NotRevoked>, Error> {
        let organization = left.organization;
        let facts = match self.engine.replica().hold(organization).await {
            Err(enforcement::Missing::Unknown) => return Ok(Err(NotRevoked::Nothing)),
            held => held?,
        };
        // One that was removed has taken its secret with it: nobody is left to tell anything as its client. One that lets
        // nobody in any more is told all the same.
        let connection =
            facts.connection(connection).filter(|found| matches!(found.terms.kind, ConnectionKind::Oidc));
        let Some(connection) = connection else { return Ok(Err(NotRevoked::Nothing)) };
        let kept = self.open_tokens(organization, left.session, sealed).await?;
        let proof = self.client_proof(organization, &connection.terms).await?;
        let (tenant, redirect) = (organization.to_string(), self.redirect_of(connection.id));
        let proof = proof.as_deref().map(String::as_str);
        let asked = asked(&tenant, connection.id, &connection.terms, proof, &redirect);
        Ok(self.signin.revoke(&asked, &kept, self.engine.world().now()).await)
    }

    fn left_at(&self) -> LeftAt {
        let now = self.engine.world().now();
        LeftAt { now, asked_since: now - GIVEN_UP_AFTER, used_since: now - SESSION_IDLE }
    }
}
