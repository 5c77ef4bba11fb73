//! The store: facts, changes and evidence in SQLite or PostgreSQL, domain types in and out.
//!
//! Facts are written only as [`model::Edit`]s under a [`decision::Permit`], in one transaction with their changes and
//! their evidence ([`Writing`]). Decisions read a [`model::Snapshot`], rebuilt from the tables or folded from the
//! changes; both are equal at every revision. Recorded calls come in groups ([`Store::append`]).

mod changes;
mod connect;
mod decisions;
mod definitions;
mod error;
#[cfg(test)]
mod full_disk;
mod idempotency;
mod load;
mod migrate;
mod nouns;
mod page;
mod tenants;
mod text;
mod usage;
mod writing;

pub use changes::{ChangeCursor, ChangeFilter};
pub use connect::{Backend, Options, Store};
pub use decisions::{DecisionCursor, DecisionFilter, StoredDecision};
pub use error::StoreError;
pub use idempotency::Remembered;
pub use page::{Order, Page};
pub use tenants::OrganizationHead;
pub use usage::{GatewayUsage, KeyUsage};
pub use writing::Writing;
