//! Which signals have come, so that each counts once.

mod secret;
mod standing;

use model::{OrganizationId, SignalStreamId, Timestamp};
use sea_orm::Value;

use crate::{Store, StoreError, text};

pub use standing::{DueStream, StreamStanding};

const SEEN: &str =
    "select 1 as seen from signals_seen where organization_id = $1 and stream_id = $2 and name = $3";

const SEE: &str = "insert into signals_seen (organization_id, stream_id, name, at) values ($1, $2, $3, $4) \
    on conflict (organization_id, stream_id, name) do nothing";

const FORGET: &str = "delete from signals_seen where organization_id = $1 and at < $2";

impl Store {
    /// Whether a signal of that name has come by that stream.
    pub async fn is_signal_seen(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        name: &str,
    ) -> Result<bool, StoreError> {
        let values: [Value; 3] = [organization.uuid().into(), stream.uuid().into(), name.into()];
        Ok(self.find_row(organization, SEEN, values).await?.is_some())
    }

    /// Notes that it has come, and forgets those of the organization that came before a moment.
    pub async fn note_signal(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        name: &str,
        at: Timestamp,
        forget_before: Timestamp,
    ) -> Result<(), StoreError> {
        let values: [Value; 4] =
            [organization.uuid().into(), stream.uuid().into(), name.into(), text::micros(at).into()];
        self.execute(organization, SEE, values).await?;
        let values: [Value; 2] = [organization.uuid().into(), text::micros(forget_before).into()];
        self.execute(organization, FORGET, values).await?;
        Ok(())
    }
}
