//! Asking the transmitters that only let themselves be asked (RFC 8936).

use std::collections::BTreeMap;

use chrono::TimeDelta;
use model::{Delivery, OrganizationId, SignalStream, SignalStreamId};
use signin::{Acknowledged, Asks, NotBelieved, SignInError};
use store::{DueStream, StreamStanding};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use super::streams::{COLUMN, TABLE};
use crate::{App, Error, pause};

/// So many streams are looked after in one go, those of one organization one after the other: whoever is slow holds up
/// their own.
const AT_ONCE: u64 = 64;
/// Signals of one answer: each may cut a person with all their agents, which is a transaction.
const MOST_SIGNALS: usize = 50;
/// Answers of one turn: a thousand signals, and then it is the next stream's turn.
const MOST_ANSWERS: usize = 20;
/// After a quiet answer. A session that was revoked ends within this.
const EVERY: TimeDelta = TimeDelta::seconds(10);
/// A turn begins no further answer after this long: the next go waits for the slowest of this one.
const LONGEST_TURN: TimeDelta = TimeDelta::seconds(20);
/// A node that does not finish its turn in this time has ended half-way, and another takes it over.
const TURN: TimeDelta = TimeDelta::minutes(5);
/// After a failure, doubled with each further one.
const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// And no longer than this: a transmitter that comes back is heard within a quarter of an hour.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);

/// Why a turn came to nothing.
enum Failed {
    /// The transmitter's doing: told on the page, tried again.
    Theirs(SignInError),
    /// Ours.
    Ours(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<SignInError> for Failed {
    fn from(error: SignInError) -> Self {
        Self::Theirs(error)
    }
}

impl App {
    /// Asks the streams that are due, each once, and returns how many that were.
    pub async fn poll_due_streams(&self) -> Result<usize, Error> {
        let due = self.store.due_streams(self.engine.world().now(), AT_ONCE).await?;
        let count = due.len();
        let mut by_organization: BTreeMap<OrganizationId, Vec<DueStream>> = BTreeMap::new();
        for due in due {
            by_organization.entry(due.organization).or_default().push(due);
        }
        let mut asking = JoinSet::new();
        for due in by_organization.into_values() {
            let app = self.clone();
            asking.spawn(async move { app.take_turns(due).await });
        }
        while let Some(asked) = asking.join_next().await {
            if let Err(error) = asked {
                tracing::error!(%error, "asking streams of signals broke off");
            }
        }
        Ok(count)
    }

    async fn take_turns(&self, due: Vec<DueStream>) {
        for due in due {
            if let Err(error) = self.take_turn(due).await {
                tracing::warn!(%error, organization.id = %due.organization, "a stream of signals could not be asked");
            }
        }
    }

    async fn take_turn(&self, due: DueStream) -> Result<(), Error> {
        let world = self.engine.world();
        let now = world.now();
        // Taken before it is asked: of several nodes one asks, and a crash half-way asks again later.
        if !self.store.take_stream(due, now, now + TURN).await? {
            return Ok(());
        }
        let (organization, stream) = (due.organization, due.stream);
        match self.ask_stream(due).await {
            Ok(()) => Ok(self.store.note_stream_asked(organization, stream, world.now() + EVERY).await?),
            Err(Failed::Theirs(error)) => {
                let (now, why) = (world.now(), error.to_string());
                let again = now + pause::after(due.failures, PAUSE, LONGEST_PAUSE);
                Ok(self.store.note_stream_failed(organization, stream, again, now, &why).await?)
            }
            Err(Failed::Ours(error)) => Err(error),
        }
    }

    /// Takes what the transmitter has, and tells it what became of each.
    async fn ask_stream(&self, due: DueStream) -> Result<(), Failed> {
        let organization = due.organization;
        let facts = self.engine.replica().hold(organization).await.map_err(Error::from)?;
        let is_active = facts.organization().is_some_and(|organization| organization.is_active());
        let stream = facts.signal_stream(due.stream).filter(|_| is_active);
        let Some(stream) = stream else { return Ok(()) };
        let Delivery::Poll { url, .. } = &stream.delivery else { return Ok(()) };
        let token = self.token_of(organization, stream).await?;
        let token = token.ok_or_else(|| lost("its token can no longer be opened; set it up again"))?;
        let tenant = organization.to_string();
        let asks = Asks { tenant: &tenant, url, token: &token };
        let mut before = Acknowledged::default();
        let end = self.engine.world().now() + LONGEST_TURN;
        for _ in 0..MOST_ANSWERS {
            let polled = self.signin.poll(asks, &before, MOST_SIGNALS).await?;
            before = Acknowledged::default();
            let (more, some) = (polled.has_more, !polled.sets.is_empty());
            for (name, set) in polled.sets.into_iter().take(MOST_SIGNALS) {
                if let Err(error) = self.take_one(organization, stream, name, &set, &mut before).await {
                    // What was done is told, whatever stops the rest: it would only come again.
                    self.tell(asks, &before).await?;
                    return Err(error);
                }
            }
            if !(more && some) || self.engine.world().now() > end {
                break;
            }
        }
        self.tell(asks, &before).await?;
        Ok(())
    }

    async fn tell(&self, asks: Asks<'_>, before: &Acknowledged) -> Result<(), SignInError> {
        if !before.is_empty() {
            self.signin.poll(asks, before, 0).await?;
        }
        Ok(())
    }

    async fn take_one(
        &self,
        organization: OrganizationId,
        stream: &SignalStream,
        name: String,
        set: &str,
        became: &mut Acknowledged,
    ) -> Result<(), Failed> {
        match self.take_signal(organization, stream, Some(&name), set).await? {
            Ok(()) => became.taken.push(name),
            Err(SignInError::Untrusted(why)) => {
                let why = NotBelieved { err: "authentication_failed", description: why.to_owned() };
                became.refused.insert(name, why);
            }
            // Its keys cannot be had: it is neither believed nor refused, and comes again.
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn token_of(
        &self,
        organization: OrganizationId,
        stream: &SignalStream,
    ) -> Result<Option<Zeroizing<String>>, Error> {
        let Delivery::Poll { secret, .. } = &stream.delivery else { return Ok(None) };
        let Some(sealed) = self.store.stream_secret(organization, *secret).await? else { return Ok(None) };
        let opened = self.store.open(organization, TABLE, COLUMN, &secret.to_string(), &sealed).await?;
        Ok(String::from_utf8(opened.to_vec()).ok().map(Zeroizing::new))
    }

    /// How the streams of an organization have fared.
    pub async fn stream_standings(
        &self,
        organization: OrganizationId,
    ) -> Result<BTreeMap<SignalStreamId, StreamStanding>, Error> {
        Ok(self.store.stream_standings(organization).await?)
    }
}

fn lost(why: &str) -> SignInError {
    SignInError::Unusable { what: "stream", why: why.to_owned() }
}
