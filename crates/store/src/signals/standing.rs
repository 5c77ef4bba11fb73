//! How each stream has fared: when it was last heard, what went wrong last, when it is to be asked again.

use std::collections::BTreeMap;

use model::{OrganizationId, SignalStreamId, Timestamp};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::tenancy::Sight;
use crate::{Store, StoreError, text};

/// How a stream has fared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamStanding {
    /// When a signal of it was last believed.
    pub heard_at: Option<Timestamp>,
    /// How often in a row it could not be asked.
    pub failures: u64,
    /// What went wrong last, and when. None: nothing since it was last heard or asked.
    pub failure: Option<(Timestamp, String)>,
}

const OF: &str = "select * from signal_stream_standings where organization_id = $1";

/// A signal was believed: what went wrong before is over.
const HEARD: &str = "insert into signal_stream_standings (organization_id, stream_id, due_at, failures, heard_at) \
    values ($1, $2, 0, 0, $3) on conflict (organization_id, stream_id) \
    do update set heard_at = excluded.heard_at, failed_at = null, failure = null";

const REFUSED: &str = "insert into signal_stream_standings \
    (organization_id, stream_id, due_at, failures, failed_at, failure) values ($1, $2, 0, 0, $3, $4) \
    on conflict (organization_id, stream_id) \
    do update set failed_at = excluded.failed_at, failure = excluded.failure";

/// Streams that are asked for, of all organizations, the longest waiting first.
const DUE: &str = "select s.organization_id, s.id, coalesce(t.failures, 0) as failures from signal_streams s \
    left join signal_stream_standings t on t.organization_id = s.organization_id and t.stream_id = s.id \
    where s.poll_url is not null and coalesce(t.due_at, 0) <= $1 order by coalesce(t.due_at, 0), s.id limit $2";

/// Of several nodes one asks: whoever moves the moment on.
const TAKE: &str = "insert into signal_stream_standings (organization_id, stream_id, due_at, failures) \
    values ($1, $2, $4, 0) on conflict (organization_id, stream_id) \
    do update set due_at = excluded.due_at where signal_stream_standings.due_at <= $3";

const ASKED: &str = "update signal_stream_standings set due_at = $3, failures = 0, \
    failed_at = case when failures > 0 then null else failed_at end, \
    failure = case when failures > 0 then null else failure end \
    where organization_id = $1 and stream_id = $2";

const FAILED: &str = "update signal_stream_standings set due_at = $3, failures = failures + 1, failed_at = $4, \
    failure = $5 where organization_id = $1 and stream_id = $2";

const GONE: &str = "delete from signal_stream_standings where organization_id = $1 and stream_id = $2";

/// A stream that is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueStream {
    /// Whose.
    pub organization: OrganizationId,
    /// Which.
    pub stream: SignalStreamId,
    /// How often in a row it could not be asked.
    pub failures: u64,
}

impl Store {
    /// How the streams of an organization have fared, those that have.
    pub async fn stream_standings(
        &self,
        organization: OrganizationId,
    ) -> Result<BTreeMap<SignalStreamId, StreamStanding>, StoreError> {
        let rows = self.find_rows(organization, OF, [organization.uuid().into()]).await?;
        rows.iter().map(read).collect()
    }

    /// Notes that a signal of a stream was believed.
    pub async fn note_stream_heard(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let values: [Value; 3] = [organization.uuid().into(), stream.uuid().into(), text::micros(at).into()];
        self.execute(organization, HEARD, values).await.map(drop)
    }

    /// Notes that a signal of a stream was not believed, and why.
    pub async fn note_stream_refused(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        at: Timestamp,
        why: &str,
    ) -> Result<(), StoreError> {
        let values: [Value; 4] =
            [organization.uuid().into(), stream.uuid().into(), text::micros(at).into(), why.into()];
        self.execute(organization, REFUSED, values).await.map(drop)
    }

    /// The streams that are to be asked, of all organizations, the longest waiting first.
    pub async fn due_streams(&self, now: Timestamp, limit: u64) -> Result<Vec<DueStream>, StoreError> {
        let reading = self.reading_as(Sight::Streams).await?;
        let values: [Value; 2] = [text::micros(now).into(), text::signed(limit).into()];
        let due = Statement::from_sql_and_values(reading.get_database_backend(), DUE, values);
        let rows = reading.query_all_raw(due).await?;
        let due = |row: &QueryResult| {
            Ok(DueStream {
                organization: OrganizationId::from_uuid(row.try_get::<Uuid>("", "organization_id")?),
                stream: SignalStreamId::from_uuid(row.try_get::<Uuid>("", "id")?),
                failures: text::unsigned(row.try_get("", "failures")?),
            })
        };
        rows.iter().map(due).collect()
    }

    /// Takes a stream to ask it: nobody else asks it before `until`. False: somebody else was first.
    pub async fn take_stream(
        &self,
        due: DueStream,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let values: [Value; 4] = [
            due.organization.uuid().into(),
            due.stream.uuid().into(),
            text::micros(now).into(),
            text::micros(until).into(),
        ];
        Ok(self.execute(due.organization, TAKE, values).await? == 1)
    }

    /// Notes that a stream was asked, and when it is to be asked again.
    pub async fn note_stream_asked(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        again: Timestamp,
    ) -> Result<(), StoreError> {
        let values: [Value; 3] =
            [organization.uuid().into(), stream.uuid().into(), text::micros(again).into()];
        self.execute(organization, ASKED, values).await.map(drop)
    }

    /// Notes that a stream could not be asked, why, and when it is tried again.
    pub async fn note_stream_failed(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        again: Timestamp,
        at: Timestamp,
        why: &str,
    ) -> Result<(), StoreError> {
        let values: [Value; 5] = [
            organization.uuid().into(),
            stream.uuid().into(),
            text::micros(again).into(),
            text::micros(at).into(),
            why.into(),
        ];
        self.execute(organization, FAILED, values).await.map(drop)
    }

    /// Forgets how a stream has fared.
    pub async fn forget_stream_standing(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
    ) -> Result<(), StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), stream.uuid().into()];
        self.execute(organization, GONE, values).await.map(drop)
    }
}

fn read(row: &QueryResult) -> Result<(SignalStreamId, StreamStanding), StoreError> {
    let moment = |column: &str| {
        let at: Option<i64> = row.try_get("", column)?;
        at.map(text::moment).transpose()
    };
    let why: Option<String> = row.try_get("", "failure")?;
    let standing = StreamStanding {
        heard_at: moment("heard_at")?,
        failures: text::unsigned(row.try_get("", "failures")?),
        failure: moment("failed_at")?.zip(why),
    };
    Ok((SignalStreamId::from_uuid(row.try_get::<Uuid>("", "stream_id")?), standing))
}
