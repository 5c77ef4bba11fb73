//! A row of `sessions`, both ways.

use std::collections::BTreeSet;

use model::{ConnectionId, OrganizationId, Origin, Session, SessionId, UserId};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use super::StoredSession;
use crate::{StoreError, text};

pub(super) const INSERT: &str = "insert into sessions (id, token_hash, csrf, user_id, connection_id, honoured_by, \
    proof, amr, acr, authenticated_at, created_at, last_seen_at, ends_at, provider_session, user_agent, address, \
    voucher) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

pub(super) fn values(stored: &StoredSession, token_hash: [u8; 32]) -> Result<[Value; 17], StoreError> {
    let session = &stored.session;
    Ok([
        session.id.uuid().into(),
        token_hash.to_vec().into(),
        stored.csrf.to_vec().into(),
        session.user.uuid().into(),
        session.origin.connection().map(ConnectionId::uuid).into(),
        session.origin.organization().map(OrganizationId::uuid).into(),
        text::word(&session.proof)?.into(),
        text::json(&session.amr)?.into(),
        session.acr.clone().into(),
        text::micros(session.authenticated_at).into(),
        text::micros(session.created_at).into(),
        text::micros(session.last_seen_at).into(),
        text::micros(session.ends_at).into(),
        session.provider_session.clone().into(),
        session.user_agent.clone().into(),
        session.address.map(|address| address.to_string()).into(),
        voucher(session.origin).map(|voucher| voucher.to_vec()).into(),
    ])
}

pub(super) fn read(row: &QueryResult) -> Result<StoredSession, StoreError> {
    let moment = |column: &str| text::moment(row.try_get("", column)?);
    let id: Uuid = row.try_get("", "id")?;
    let user: Uuid = row.try_get("", "user_id")?;
    let address: Option<String> = row.try_get("", "address")?;
    let session = Session {
        id: SessionId::from_uuid(id),
        user: UserId::from_uuid(user),
        origin: origin(row)?,
        proof: text::of_word(&row.try_get::<String>("", "proof")?)?,
        amr: text::of_json(&row.try_get::<String>("", "amr")?)?,
        acr: row.try_get("", "acr")?,
        authenticated_at: moment("authenticated_at")?,
        created_at: moment("created_at")?,
        last_seen_at: moment("last_seen_at")?,
        ends_at: moment("ends_at")?,
        provider_session: row.try_get("", "provider_session")?,
        user_agent: row.try_get("", "user_agent")?,
        address: address.as_deref().map(text::checked).transpose()?,
        closed_to: closed_to(&row.try_get::<String>("", "closed_to")?)?,
    };
    Ok(StoredSession { session, csrf: text::digest(&row.try_get::<Vec<u8>>("", "csrf")?)? })
}

/// The ids in a row's list. A session begins with none, so nothing writes them but what closes it.
fn closed_to(list: &str) -> Result<BTreeSet<OrganizationId>, StoreError> {
    list.split_whitespace().map(text::checked).collect()
}

fn voucher(origin: Origin) -> Option<[u8; 32]> {
    match origin {
        Origin::Connection { voucher, .. } => voucher,
        Origin::Local { .. } => None,
    }
}

fn origin(row: &QueryResult) -> Result<Origin, StoreError> {
    let connection: Option<Uuid> = row.try_get("", "connection_id")?;
    let organization: Option<Uuid> = row.try_get("", "honoured_by")?;
    let organization = organization.map(OrganizationId::from_uuid);
    match (connection.map(ConnectionId::from_uuid), organization) {
        (None, honoured_by) => Ok(Origin::Local { honoured_by }),
        (Some(connection), Some(organization)) => {
            let voucher: Option<Vec<u8>> = row.try_get("", "voucher")?;
            let voucher = voucher.as_deref().map(text::digest).transpose()?;
            Ok(Origin::Connection { connection, organization, voucher })
        }
        (Some(connection), None) => Err(StoreError::Corrupt(format!("connection `{connection}` of nobody"))),
    }
}
