//! Single statements about one organization's rows.

use model::OrganizationId;
use sea_orm::{QueryResult, Value};

use crate::{Store, StoreError};

/// Runs one statement that writes an organization's rows; its first value is the organization. Returns how many it
/// touched.
pub(super) async fn run<const N: usize>(
    store: &Store,
    organization: OrganizationId,
    sql: &str,
    values: [Value; N],
) -> Result<u64, StoreError> {
    store.execute(organization, sql, all(organization, values)).await
}

/// Runs one statement that writes an organization's rows and returns one of them.
pub(super) async fn take<const N: usize>(
    store: &Store,
    organization: OrganizationId,
    sql: &str,
    values: [Value; N],
) -> Result<Option<QueryResult>, StoreError> {
    store.execute_returning(organization, sql, all(organization, values)).await
}

/// The rows of an organization that a statement finds.
pub(super) async fn find<const N: usize>(
    store: &Store,
    organization: OrganizationId,
    sql: &str,
    values: [Value; N],
) -> Result<Vec<QueryResult>, StoreError> {
    store.find_rows(organization, sql, all(organization, values)).await
}

fn all<const N: usize>(organization: OrganizationId, values: [Value; N]) -> impl Iterator<Item = Value> {
    std::iter::once(organization.uuid().into()).chain(values)
}
