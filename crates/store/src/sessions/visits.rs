//! Which session came into which organization, and when: an organization sees its own part of it and no other.

use model::{OrganizationId, Session, SessionId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, Statement, Value};

use super::row;
use crate::presence::{self, Presence};
use crate::writing::begin;
use crate::{Store, StoreError, text};

const LAST: &str = "select last_seen_at from session_visits where organization_id = $1 and session_id = $2";

/// A session that has ended meanwhile leaves no trace. Times only move forward, whichever node is late.
const NOTE: &str = "insert into session_visits as v (organization_id, session_id, last_seen_at) \
    select $1, s.id, $3 from sessions s where s.id = $2 \
    on conflict (organization_id, session_id) do update set last_seen_at = excluded.last_seen_at \
    where v.last_seen_at < excluded.last_seen_at";

const OF_USER: &str = "select s.*, v.last_seen_at as seen_here from session_visits v \
    join sessions s on s.id = v.session_id where organization_id = $1 and s.user_id = $2 \
    and s.ends_at > $3 and s.last_seen_at > $4 order by v.last_seen_at desc, s.id";

impl Store {
    /// When a session was last in an organization. None: never.
    pub async fn last_visit(
        &self,
        organization: OrganizationId,
        session: SessionId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let values = [organization.uuid().into(), session.uuid().into()];
        let row = self.find_row(organization, LAST, values).await?;
        row.map(|row| text::moment(row.try_get("", "last_seen_at")?)).transpose()
    }

    /// Notes that somebody is in an organization, and by which session.
    pub async fn note_visit(
        &self,
        organization: OrganizationId,
        session: SessionId,
        presence: Presence,
    ) -> Result<(), StoreError> {
        let (transaction, _turn) = begin(self, Some(organization)).await?;
        let backend = transaction.get_database_backend();
        let values = presence::values(organization, presence)?;
        transaction.execute_raw(Statement::from_sql_and_values(backend, presence::NOTE, values)).await?;
        let values: [Value; 3] =
            [organization.uuid().into(), session.uuid().into(), text::micros(presence.at).into()];
        transaction.execute_raw(Statement::from_sql_and_values(backend, NOTE, values)).await?;
        Ok(transaction.commit().await?)
    }

    /// The sessions of a person that came into an organization and are not over, the last seen there first. Each with
    /// when it was last seen there, in the place of when it was last used at all.
    pub async fn sessions_in(
        &self,
        organization: OrganizationId,
        user: UserId,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Vec<Session>, StoreError> {
        let values = [
            organization.uuid().into(),
            user.uuid().into(),
            text::micros(now).into(),
            text::micros(idle_since).into(),
        ];
        let rows = self.find_rows(organization, OF_USER, values).await?;
        let session = |row: &sea_orm::QueryResult| {
            let seen_here = text::moment(row.try_get("", "seen_here")?)?;
            Ok(Session { last_seen_at: seen_here, ..row::read(row)?.session })
        };
        rows.iter().map(session).collect()
    }
}
