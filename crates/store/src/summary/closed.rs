//! Sums of days that are over. They never change, so they are added up once for each window of time, and kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::OrganizationId;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::fill::ask;
use crate::{Backend, StoreError, text};

/// Windows that are kept, of all organizations: with ten thousand agents each is some hundred kilobytes.
const KEPT: usize = 64;

/// How often each agent and robot called.
pub(super) type Calls = HashMap<Uuid, i64>;

/// Whose window it is, and the day on which it begins.
type Window = (OrganizationId, i64);

/// The sums that were added up, by the organization and the day on which the window begins: up to which day, and what.
/// Another day is up once in a day; where the database went back, its mark stands before that day, and they are not used.
#[derive(Debug, Default)]
pub(crate) struct Closed(Mutex<HashMap<Window, (i64, Arc<Calls>)>>);

impl Closed {
    /// The calls of an organization from the day `first` up to the day `until`, which every count has passed.
    pub(super) async fn calls(
        &self,
        (reading, backend): (&DatabaseTransaction, Backend),
        organization: OrganizationId,
        (first, until): (i64, i64),
    ) -> Result<Arc<Calls>, StoreError> {
        let kept = |closed: &Self| {
            let windows = closed.0.lock().unwrap_or_else(PoisonError::into_inner);
            windows
                .get(&(organization, first))
                .filter(|(up_to, _)| *up_to == until)
                .map(|(_, calls)| Arc::clone(calls))
        };
        if let Some(calls) = kept(self) {
            return Ok(calls);
        }
        let calls = Arc::new(calls((reading, backend), organization, (first, until)).await?);
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= KEPT {
            windows.clear();
        }
        windows.insert((organization, first), (until, Arc::clone(&calls)));
        Ok(calls)
    }
}

/// The calls of an organization on days from `first` up to `until`, as they are summed now. In one row: ten thousand take
/// longer to hand over than to add up.
pub(super) async fn calls(
    (reading, backend): (&DatabaseTransaction, Backend),
    organization: OrganizationId,
    (first, until): (i64, i64),
) -> Result<Calls, StoreError> {
    let id = match backend {
        Backend::Sqlite => "hex(actor_id)",
        Backend::Postgres => "actor_id::text",
    };
    let all = format!(
        "select string_agg(id || ':' || calls, ' ') as calls from (select {id} as id, \
         cast(sum(allowed + denied) as bigint) as calls from agent_days \
         where organization_id = $1 and day >= $2 and day < $3 group by actor_id) summed"
    );
    let row = ask(reading, &all, [organization.uuid().into(), first.into(), until.into()])
        .await?
        .into_iter()
        .next();
    let calls: Option<String> = row.map(|row| row.try_get("", "calls")).transpose()?.flatten();
    calls.unwrap_or_default().split(' ').filter(|text| !text.is_empty()).map(call).collect()
}

/// Who, and how often, as they are written in one row.
fn call(text: &str) -> Result<(Uuid, i64), StoreError> {
    let (id, calls) = text.split_once(':').unwrap_or((text, ""));
    Ok((text::checked(id)?, text::checked(calls)?))
}
