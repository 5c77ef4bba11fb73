use chrono::TimeDelta;
use decision::{Caller, Means};
use model::{OrganizationId, SignalStreamId, UserId};

use super::{Effect, Subject, whom};
use crate::{App, Error, Request, members};

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
        let caller = Caller { principal: None, means: Means::Signal(stream) };
        let facts = self.engine.replica().hold(organization).await?;
        let meant = received.subject.as_ref().map(|subject| whom(&facts, subject)).unwrap_or_default();
        let people = if received.effect == Effect::Nothing { Vec::new() } else { meant };
        for user in &people {
            let request = Request { caller, organization, home: None, if_match: None };
            self.bring_about(request, *user, received).await?;
        }
        // After the effect: should the program stop between the two, the signal comes again and does no harm.
        let now = self.engine.world().now();
        let forget_before = now - REMEMBERED_FOR - TimeDelta::days(1);
        self.store.note_signal(organization, stream, &received.name, now, forget_before).await?;
        Ok(people)
    }

    async fn bring_about(&self, request: Request, user: UserId, received: &Received) -> Result<(), Error> {
        let reason = format!("signalled by the identity provider: {}", received.kind);
        let done = match received.effect {
            Effect::Nothing => return Ok(()),
            Effect::SessionsEnd => {
                self.change(request, |p| members::end_sessions(p, user, &reason)).await.map(drop)
            }
            Effect::SignedOut => {
                self.change(request, |p| members::sign_out(p, user, &reason)).await.map(drop)
            }
            Effect::Suspended => self.change(request, |p| members::suspend(p, user, &reason)).await.map(drop),
        };
        match done {
            // Suspended already: nothing is left to end.
            Err(Error::Conflict { code: "state", .. }) => Ok(()),
            other => other,
        }
    }
}
