use chrono::TimeDelta;
use decision::{Caller, Means};
use model::{FactKind, OrganizationId, SignalStreamId, UserId};

use super::{Effect, Meant, Subject};
use crate::{App, Error, Planning, Request, members};

/// A signal that is older is not believed, and so its name need not be kept for longer.
pub const REMEMBERED_FOR: TimeDelta = TimeDelta::days(7);

/// What a signal said, once it has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its own name, by which it counts once.
    pub name: String,
    /// What it brings about.
    pub effect: Effect,
    /// For whom. None: for nobody here.
    pub subject: Option<Subject>,
    /// The kind of event, for the evidence.
    pub kind: String,
}

impl App {
    /// Does what a verified signal brings about: in one transaction for each person who is meant, with the evidence
    /// saying why. One that comes again does nothing.
    pub async fn receive_signal(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        received: &Received,
    ) -> Result<Vec<UserId>, Error> {
        if self.store.is_signal_seen(organization, stream, &received.name).await? {
            return Ok(Vec::new());
        }
        let facts = self.engine.replica().hold(organization).await?;
        let from = facts.signal_stream(stream).ok_or(Error::NotFound(FactKind::SignalStream))?;
        let people = match received.subject.as_ref().filter(|_| received.effect != Effect::Nothing) {
            Some(subject) => self.whom(organization, &facts, subject, Some(from)).await?,
            None => Vec::new(),
        };
        for meant in &people {
            let means = meant.vouched_by.map_or(Means::Signal(stream), Means::SignIn);
            let caller = Caller { principal: None, means };
            let request = Request { caller, organization, home: None, if_match: None };
            self.bring_about(request, *meant, received).await?;
        }
        // After the effect: should the program stop between the two, the signal comes again and does no harm.
        let now = self.engine.world().now();
        let forget_before = now - REMEMBERED_FOR - TimeDelta::days(1);
        self.store.note_signal(organization, stream, &received.name, now, forget_before).await?;
        Ok(people.into_iter().map(|meant| meant.user).collect())
    }

    async fn bring_about(&self, request: Request, meant: Meant, received: &Received) -> Result<(), Error> {
        let reason = format!("signalled by the identity provider: {}", received.kind);
        let user = meant.user;
        let done = match (received.effect, meant.vouched_by) {
            (Effect::Nothing, _) => return Ok(()),
            (Effect::SessionsEnd, None) => {
                self.change(request, |p| members::end_sessions(p, user, &reason)).await.map(drop)
            }
            // Another way of theirs to sign in is not this provider's.
            (Effect::SessionsEnd, Some(connection)) => {
                let ended = |p: &Planning<'_>| members::end_sessions_through(p, user, connection, &reason);
                self.change(request, ended).await.map(drop)
            }
            // Whom the directory did not bring it does not take out either: everything that proves them ends.
            (Effect::SignedOut, _) | (Effect::Suspended, Some(_)) => {
                self.change(request, |p| members::sign_out(p, user, &reason)).await.map(drop)
            }
            (Effect::Suspended, None) => {
                self.change(request, |p| members::suspend(p, user, &reason)).await.map(drop)
            }
        };
        match done {
            // Suspended already: nothing is left to end.
            Err(Error::Conflict { code: "state", .. }) => Ok(()),
            other => other,
        }
    }
}
