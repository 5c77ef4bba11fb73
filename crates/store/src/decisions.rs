//! The evidence: written by the recorder in groups and with every change, read by people and reports.

mod append;
mod count;
mod find;
mod follow;
mod row;
mod search;
mod stored;

pub use count::{Counted, Tally};
pub use find::{DecisionCursor, DecisionFilter};
pub use follow::Span;
pub use search::{Found, Matches, Search, Term};
pub use stored::StoredDecision;

use decision::Record;
use sea_orm::{DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::StoreError;

/// Writes one record in its transaction.
pub(crate) async fn write(transaction: &DatabaseTransaction, record: &Record) -> Result<(), StoreError> {
    for row in row::rows(record)? {
        row::Entity::insert(row.into_active_model()).exec_without_returning(transaction).await?;
    }
    Ok(())
}
