//! When people were last in an organization.

use model::{OrganizationId, Proof, Timestamp, UserId};
use sea_orm::Value;

use crate::{Store, StoreError, text};

/// Times only move forward, whichever of two browsers is noted first.
pub(crate) const NOTE: &str = "insert into presence as p (organization_id, user_id, last_seen_at, proof) values ($1, $2, $3, $4) \
    on conflict (organization_id, user_id) do update set last_seen_at = excluded.last_seen_at, proof = excluded.proof \
    where p.last_seen_at < excluded.last_seen_at";

const LIST: &str = "select user_id, last_seen_at, proof from presence where organization_id = $1";

/// When somebody was last here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
    /// How they had proven who they are.
    pub proof: Proof,
}

/// What [`NOTE`] writes.
pub(crate) fn values(organization: OrganizationId, presence: Presence) -> Result<[Value; 4], StoreError> {
    Ok([
        organization.uuid().into(),
        presence.user.uuid().into(),
        text::micros(presence.at).into(),
        text::word(&presence.proof)?.into(),
    ])
}

impl Store {
    /// When everybody was last here; whoever never was is left out.
    pub async fn presence(&self, organization: OrganizationId) -> Result<Vec<Presence>, StoreError> {
        let rows = self.find_rows(organization, LIST, [organization.uuid().into()]).await?;
        let presence = |row: &sea_orm::QueryResult| {
            Ok(Presence {
                user: UserId::from_uuid(row.try_get("", "user_id")?),
                at: text::moment(row.try_get("", "last_seen_at")?)?,
                proof: text::of_word(&row.try_get::<String>("", "proof")?)?,
            })
        };
        rows.iter().map(presence).collect()
    }
}
