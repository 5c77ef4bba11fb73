//! What a provider gave with a sign-in whose session is gone: it is left until the provider was told that it counts no more.
//!
//! Whatever ended the session has done nothing for that, and cannot have forgotten it.

use model::{ConnectionId, OrganizationId, SessionId, Timestamp};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use super::tokens::{SealedTokens, TakenSession, of, sealed};
use crate::tenancy::Sight;
use crate::{Store, StoreError, text};

/// What is left of a session that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftSignIn {
    /// Whose connection it came in by.
    pub organization: OrganizationId,
    /// Which it was.
    pub session: SessionId,
    /// By which connection. None: there is nothing to tell, or nobody was found to tell it to for too long.
    pub connection: Option<ConnectionId>,
    /// How often in a row the provider could not be asked.
    pub failures: u64,
    /// Whether nobody has seen before that the session is gone ([`Store::note_left_sign_ins`]).
    pub is_new: bool,
}

/// When is it: for the questions below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftAt {
    /// Now.
    pub now: Timestamp,
    /// What the provider was last asked about before this is forgotten, told or not.
    pub asked_since: Timestamp,
    /// A session that was not used since then has ended, whether or not it is gone.
    pub used_since: Timestamp,
}

/// Its session is gone, and the person goes on with no other that came by the same connection: many providers end with one
/// refresh token everything that they gave the person for us.
const ALONE: &str = "not exists (select 1 from sessions s where s.id = t.session_id) \
    and not exists (select 1 from sessions s join session_tokens o on o.session_id = s.id \
    where s.user_id = t.user_id and s.connection_id = t.connection_id and o.organization_id = t.organization_id \
    and o.refresh is not null and s.ends_at > $2 and s.last_seen_at > $3)";

/// It can be told, and it is not too late for it.
const TELLABLE: &str = "t.refresh is not null and t.connection_id is not null and t.asked_at > $4";

/// Not what somebody asks the provider about at the moment: what comes of that belongs to it.
const NOTE: &str = "update session_tokens set left_at = $2, not_before = $3 \
    where organization_id = $1 and left_at is null and not_before <= $2 \
    and not exists (select 1 from sessions s where s.id = session_tokens.session_id)";

const FORGET: &str = "delete from session_tokens where organization_id = $1 and not_before <= $2 \
    and (refresh is null or connection_id is null or asked_at <= $3) \
    and not exists (select 1 from sessions s where s.id = session_tokens.session_id)";

const PUT_OFF: &str = "update session_tokens set not_before = $4, failures = failures + 1 \
    where organization_id = $1 and connection_id = $2 and not_before <= $3 \
    and not exists (select 1 from sessions s where s.id = session_tokens.session_id)";

const DROP: &str = "delete from session_tokens where organization_id = $1 and session_id = $2 and not_before = $3 \
    and not exists (select 1 from sessions s where s.id = $2)";

impl Store {
    /// What is left of sessions, of all organizations, one of each before the second of any: what can be told to a provider
    /// now, and what there is nothing to tell about.
    pub async fn left_sign_ins(&self, at: LeftAt, limit: u64) -> Result<Vec<LeftSignIn>, StoreError> {
        let reading = self.reading_as(Sight::Sessions).await?;
        let find = format!(
            "select organization_id, session_id, connection_id, failures, left_at from ( \
             select t.organization_id, t.session_id, t.failures, t.asked_at, t.left_at, \
             case when {TELLABLE} then t.connection_id end as connection_id, \
             row_number() over (partition by t.organization_id order by t.asked_at, t.session_id) as place \
             from session_tokens t where t.not_before <= $2 \
             and not exists (select 1 from sessions s where s.id = t.session_id) \
             and (t.left_at is null or not ({TELLABLE}) or ({ALONE}))) due order by place, asked_at, session_id limit $1"
        );
        let values: [Value; 4] = [
            text::signed(limit).into(),
            text::micros(at.now).into(),
            text::micros(at.used_since).into(),
            text::micros(at.asked_since).into(),
        ];
        let find = Statement::from_sql_and_values(reading.get_database_backend(), find, values);
        let rows = reading.query_all_raw(find).await?;
        let id = |row: &QueryResult, column: &str| row.try_get::<Uuid>("", column);
        let left = |row: &QueryResult| {
            let connection: Option<Uuid> = row.try_get("", "connection_id")?;
            let left_at: Option<i64> = row.try_get("", "left_at")?;
            Ok(LeftSignIn {
                organization: OrganizationId::from_uuid(id(row, "organization_id")?),
                session: SessionId::from_uuid(id(row, "session_id")?),
                connection: connection.map(ConnectionId::from_uuid),
                failures: text::unsigned(row.try_get("", "failures")?),
                is_new: left_at.is_none(),
            })
        };
        rows.iter().map(left).collect()
    }

    /// Notes of an organization's sessions that they are gone, where nobody has seen that before: nobody tells of them before
    /// `until`. Returns how many those are.
    pub async fn note_left_sign_ins(
        &self,
        organization: OrganizationId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<u64, StoreError> {
        let values: [Value; 3] =
            [organization.uuid().into(), text::micros(now).into(), text::micros(until).into()];
        self.execute(organization, NOTE, values).await
    }

    /// Takes what is left of a session, to tell its provider: nobody else does before `until`. None: somebody else was
    /// first, or the person has signed in again meanwhile.
    pub async fn take_left_sign_in(
        &self,
        left: LeftSignIn,
        at: LeftAt,
        until: Timestamp,
    ) -> Result<Option<(TakenSession, SealedTokens)>, StoreError> {
        let LeftSignIn { organization, session, .. } = left;
        let take = format!(
            "update session_tokens as t set not_before = $6 where organization_id = $1 and session_id = $5 \
             and not_before <= $2 and left_at is not null and {TELLABLE} and {ALONE} returning identity, refresh"
        );
        let values: [Value; 6] = [
            organization.uuid().into(),
            text::micros(at.now).into(),
            text::micros(at.used_since).into(),
            text::micros(at.asked_since).into(),
            session.uuid().into(),
            text::micros(until).into(),
        ];
        let row = self.execute_returning(organization, &take, values).await?;
        let taken = TakenSession { organization, session, until };
        row.map(|row| Ok((taken, sealed(&row)?))).transpose()
    }

    /// Forgets what is left of a session: its provider was told, or never will be. Nothing happens while the session is
    /// there, or somebody else has the turn.
    pub async fn drop_left_sign_in(&self, taken: TakenSession) -> Result<(), StoreError> {
        self.execute(taken.organization, DROP, of(taken)).await.map(drop)
    }

    /// Puts off whatever is left of a connection's sessions and has no turn: its provider does not answer.
    pub async fn put_off_left_sign_ins(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        now: Timestamp,
        again: Timestamp,
    ) -> Result<u64, StoreError> {
        let values: [Value; 4] = [
            organization.uuid().into(),
            connection.uuid().into(),
            text::micros(now).into(),
            text::micros(again).into(),
        ];
        self.execute(organization, PUT_OFF, values).await
    }

    /// Forgets what is left of an organization's sessions that there is nothing to tell about, and returns how many that
    /// were.
    pub async fn forget_left_sign_ins(
        &self,
        organization: OrganizationId,
        at: LeftAt,
    ) -> Result<u64, StoreError> {
        let values: [Value; 3] =
            [organization.uuid().into(), text::micros(at.now).into(), text::micros(at.asked_since).into()];
        self.execute(organization, FORGET, values).await
    }
}
