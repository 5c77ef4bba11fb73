//! What a provider gave with a sign-in, sealed, and when it is to be asked again.

use model::{ConnectionId, OrganizationId, SessionId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::tenancy::Sight;
use crate::{Store, StoreError, text};

/// What is kept with a session, each part sealed for its row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedTokens {
    /// The last identity token.
    pub identity: Vec<u8>,
    /// What the provider is asked again with, where it gave something.
    pub refresh: Option<Vec<u8>>,
}

/// A session whose provider is to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueSession {
    /// Whose connection it came in by.
    pub organization: OrganizationId,
    /// Which.
    pub session: SessionId,
    /// Who is signed in.
    pub user: UserId,
    /// By which connection.
    pub connection: ConnectionId,
    /// How often in a row the provider could not be asked.
    pub failures: u64,
}

/// A session about which this node asks now, and nobody else until then. The moment tells this turn from any later one:
/// what came of it is written only while it is still the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenSession {
    /// Whose connection it came in by.
    pub organization: OrganizationId,
    /// Which.
    pub session: SessionId,
    /// Until when the turn is this node's.
    pub until: Timestamp,
}

/// Only for a session that is there, and came in by that very connection. A sign-in anew takes the place of the one
/// before, and of whatever was being asked about it.
const KEEP: &str = "insert into session_tokens \
    (organization_id, session_id, identity, refresh, asked_at, not_before, failures, user_id, connection_id) \
    select $1, s.id, $4, $5, $6, 0, 0, s.user_id, s.connection_id from sessions s \
    where s.id = $2 and s.honoured_by = $1 and s.connection_id = $3 \
    on conflict (organization_id, session_id) do update set identity = excluded.identity, \
    refresh = excluded.refresh, asked_at = excluded.asked_at, not_before = 0, failures = 0, \
    user_id = excluded.user_id, connection_id = excluded.connection_id, left_at = null";

/// What is left of a session that is gone is for its provider alone.
const FIND: &str = "select identity, refresh from session_tokens where organization_id = $1 and session_id = $2 \
    and exists (select 1 from sessions s where s.id = $2)";

/// Of all organizations, one of each before the second of any: whoever has many people keeps nobody waiting.
const DUE: &str = "select organization_id, session_id, user_id, connection_id, failures from ( \
    select t.organization_id, t.session_id, s.user_id, s.connection_id, t.failures, t.asked_at, \
    row_number() over (partition by t.organization_id order by t.asked_at, t.session_id) as place \
    from session_tokens t join sessions s on s.id = t.session_id \
    where t.refresh is not null and t.asked_at <= $1 and t.not_before <= $2 \
    and s.ends_at > $2 and s.last_seen_at > $3) due order by place, asked_at, session_id limit $4";

/// Of several nodes one asks: whoever moves the moment on.
const TAKE: &str = "update session_tokens set not_before = $5 \
    where organization_id = $1 and session_id = $2 and refresh is not null and asked_at <= $3 and not_before <= $4 \
    and exists (select 1 from sessions s where s.id = $2) returning identity, refresh";

const HAS_TURN: &str = "select 1 as taken from session_tokens \
    where organization_id = $1 and session_id = $2 and not_before = $3 \
    and exists (select 1 from sessions s where s.id = $2)";

/// Also where the session has ended meanwhile: what the provider gave last is what it has to be told of.
const REPLACE: &str = "update session_tokens set identity = $4, refresh = $5 \
    where organization_id = $1 and session_id = $2 and not_before = $3";

const ASKED: &str = "update session_tokens set asked_at = $4, not_before = 0, failures = 0 \
    where organization_id = $1 and session_id = $2 and not_before = $3";

const FAILED: &str = "update session_tokens set not_before = $4, failures = failures + 1 \
    where organization_id = $1 and session_id = $2 and not_before = $3";

const PUT_OFF: &str = "update session_tokens set not_before = $5, failures = failures + 1 \
    where organization_id = $1 and asked_at <= $3 and not_before <= $4 \
    and session_id in (select id from sessions where connection_id = $2)";

impl Store {
    /// Keeps what a provider gave with the sign-in of a session, in the place of what it gave before. False: the session
    /// has ended, or did not come in by that connection.
    pub async fn keep_session_tokens(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        session: SessionId,
        tokens: SealedTokens,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let values: [Value; 6] = [
            organization.uuid().into(),
            session.uuid().into(),
            connection.uuid().into(),
            tokens.identity.into(),
            tokens.refresh.into(),
            text::micros(at).into(),
        ];
        Ok(self.execute(organization, KEEP, values).await? == 1)
    }

    /// What is kept with a session, sealed.
    pub async fn session_tokens(
        &self,
        organization: OrganizationId,
        session: SessionId,
    ) -> Result<Option<SealedTokens>, StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), session.uuid().into()];
        self.find_row(organization, FIND, values).await?.map(|row| sealed(&row)).transpose()
    }

    /// The sessions about which a provider is to be asked again, of all organizations: last asked by `asked_before`, and
    /// used since `used_since`.
    pub async fn due_sessions(
        &self,
        asked_before: Timestamp,
        now: Timestamp,
        used_since: Timestamp,
        limit: u64,
    ) -> Result<Vec<DueSession>, StoreError> {
        let reading = self.reading_as(Sight::Sessions).await?;
        let values: [Value; 4] = [
            text::micros(asked_before).into(),
            text::micros(now).into(),
            text::micros(used_since).into(),
            text::signed(limit).into(),
        ];
        let due = Statement::from_sql_and_values(reading.get_database_backend(), DUE, values);
        let rows = reading.query_all_raw(due).await?;
        let id = |row: &QueryResult, column: &str| row.try_get::<Uuid>("", column);
        let due = |row: &QueryResult| {
            Ok(DueSession {
                organization: OrganizationId::from_uuid(id(row, "organization_id")?),
                session: SessionId::from_uuid(id(row, "session_id")?),
                user: UserId::from_uuid(id(row, "user_id")?),
                connection: ConnectionId::from_uuid(id(row, "connection_id")?),
                failures: text::unsigned(row.try_get("", "failures")?),
            })
        };
        rows.iter().map(due).collect()
    }

    /// Takes a session to ask about it: nobody else does before `until`. None: somebody else was first, or it has ended.
    pub async fn take_session(
        &self,
        due: DueSession,
        asked_before: Timestamp,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<(TakenSession, SealedTokens)>, StoreError> {
        let DueSession { organization, session, .. } = due;
        let values: [Value; 5] = [
            organization.uuid().into(),
            session.uuid().into(),
            text::micros(asked_before).into(),
            text::micros(now).into(),
            text::micros(until).into(),
        ];
        let row = self.execute_returning(organization, TAKE, values).await?;
        let taken = TakenSession { organization, session, until };
        row.map(|row| Ok((taken, sealed(&row)?))).transpose()
    }

    /// Whether a turn is still the last: the session has not ended, nor begun anew.
    pub async fn has_turn(&self, taken: TakenSession) -> Result<bool, StoreError> {
        Ok(self.find_row(taken.organization, HAS_TURN, of(taken)).await?.is_some())
    }

    /// Keeps what a provider gave when it was asked again, all of it or nothing, with the session or what is left of it.
    /// False: the turn is over.
    pub async fn replace_session_tokens(
        &self,
        taken: TakenSession,
        tokens: SealedTokens,
    ) -> Result<bool, StoreError> {
        let values = of(taken).into_iter().chain([tokens.identity.into(), tokens.refresh.into()]);
        Ok(self.execute(taken.organization, REPLACE, values).await? == 1)
    }

    /// Ends a turn in which the provider was asked.
    pub async fn note_session_asked(&self, taken: TakenSession, at: Timestamp) -> Result<(), StoreError> {
        let values = of(taken).into_iter().chain([text::micros(at).into()]);
        self.execute(taken.organization, ASKED, values).await.map(drop)
    }

    /// Ends a turn that came to nothing; the next is not before `again`.
    pub async fn note_session_failed(&self, taken: TakenSession, again: Timestamp) -> Result<(), StoreError> {
        let values = of(taken).into_iter().chain([text::micros(again).into()]);
        self.execute(taken.organization, FAILED, values).await.map(drop)
    }

    /// Puts off every session of a connection that is due and has no turn: its provider does not answer.
    pub async fn put_off_sessions(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        asked_before: Timestamp,
        now: Timestamp,
        again: Timestamp,
    ) -> Result<u64, StoreError> {
        let values: [Value; 5] = [
            organization.uuid().into(),
            connection.uuid().into(),
            text::micros(asked_before).into(),
            text::micros(now).into(),
            text::micros(again).into(),
        ];
        self.execute(organization, PUT_OFF, values).await
    }
}

/// Which turn.
pub(super) fn of(taken: TakenSession) -> [Value; 3] {
    [taken.organization.uuid().into(), taken.session.uuid().into(), text::micros(taken.until).into()]
}

pub(super) fn sealed(row: &QueryResult) -> Result<SealedTokens, StoreError> {
    Ok(SealedTokens { identity: row.try_get("", "identity")?, refresh: row.try_get("", "refresh")? })
}
