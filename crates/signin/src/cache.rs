//! What providers say of themselves, remembered for a while (security.md W2).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use egress::Egress;
use model::{ConnectionId, Timestamp};

use crate::SignInError;

/// Younger than this, it is believed without asking: a provider that withdraws a key is believed within ten minutes.
const FRESH: TimeDelta = TimeDelta::minutes(10);
/// Older than this, it is not believed even while the provider is down.
const STALE: TimeDelta = TimeDelta::hours(1);
/// The provider is asked no more often than this, whatever tokens people show us.
const PAUSE: TimeDelta = TimeDelta::seconds(60);

/// What can be remembered: read from the body of an answer.
pub(crate) trait Remembered: Sized + Send + Sync + 'static {
    /// What it is called in errors.
    const WHAT: &'static str;

    /// Reads it.
    fn read(body: &[u8]) -> Result<Self, String>;
}

/// By connection, so that no tenant's provider can make us ask, or remember, for another's.
#[derive(Debug)]
pub(crate) struct Cache<T> {
    egress: Egress,
    places: Arc<Mutex<HashMap<ConnectionId, Arc<Place<T>>>>>,
}

impl<T> Clone for Cache<T> {
    fn clone(&self) -> Self {
        Self { egress: self.egress.clone(), places: Arc::clone(&self.places) }
    }
}

type Place<T> = tokio::sync::Mutex<Held<T>>;

#[derive(Debug)]
struct Held<T> {
    url: String,
    value: Option<(Arc<T>, Timestamp)>,
    tried_at: Option<Timestamp>,
}

/// Who asks, about which connection, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) tenant: &'a str,
    pub(crate) connection: ConnectionId,
    pub(crate) now: Timestamp,
}

impl<T: Remembered> Cache<T> {
    pub(crate) fn new(egress: Egress) -> Self {
        Self { egress, places: Arc::default() }
    }

    /// What is at `url`, remembered or asked for. `enough` says whether what is remembered will do; where it will not,
    /// the provider is asked again, but no more than once a minute.
    ///
    /// Those who wait for the same provider wait for one request.
    pub(crate) async fn get(
        &self,
        asking: Asking<'_>,
        url: &str,
        enough: impl Fn(&T) -> bool,
    ) -> Result<Arc<T>, SignInError> {
        let place = self.place(asking.connection);
        let mut held = place.lock().await;
        if held.url != url {
            *held = Held { url: url.to_owned(), value: None, tried_at: None };
        }
        let now = asking.now;
        let remembered = held.value.clone().filter(|(_, at)| now - *at < STALE);
        let may_ask = held.tried_at.is_none_or(|at| now - at >= PAUSE);
        match &remembered {
            Some((value, at)) if now - *at < FRESH && (enough(value) || !may_ask) => {
                return Ok(Arc::clone(value));
            }
            Some((value, _)) if !may_ask => return Ok(Arc::clone(value)),
            _ => {}
        }
        held.tried_at = Some(now);
        match (self.ask(asking.tenant, url).await, remembered) {
            (Ok(value), _) => {
                let value = Arc::new(value);
                held.value = Some((Arc::clone(&value), now));
                Ok(value)
            }
            // Down for less than an hour: what it said before counts on.
            (Err(error), Some((value, _))) => {
                tracing::warn!(%error, url, "remembered for longer, because the provider does not answer");
                Ok(value)
            }
            // Nothing is remembered, so the next person tries again at once: with nothing to fall back on, a pause
            // would lock everybody out for a minute because of one lost packet.
            (Err(error), None) => {
                held.tried_at = None;
                Err(error)
            }
        }
    }

    async fn ask(&self, tenant: &str, url: &str) -> Result<T, SignInError> {
        let _turn = self.egress.turn(tenant).map_err(SignInError::unreachable(T::WHAT))?;
        let asked = self.egress.get(url, &[("accept", "application/json")]).await;
        let answer = asked.map_err(SignInError::unreachable(T::WHAT))?;
        if answer.status != 200 {
            return Err(SignInError::unusable(T::WHAT, format!("it answered with status {}", answer.status)));
        }
        T::read(&answer.body).map_err(|why| SignInError::unusable(T::WHAT, why))
    }

    fn place(&self, connection: ConnectionId) -> Arc<Place<T>> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let empty = || Place::new(Held { url: String::new(), value: None, tried_at: None });
        Arc::clone(places.entry(connection).or_insert_with(|| Arc::new(empty())))
    }
}
