//! The tables, one change per file, each applied whole or not at all.
//!
//! Expand, then contract: a change adds what the next version needs, and what the last one needed goes only when no
//! node runs it any more. Nothing here knows the store's entities: a migration must mean the same for ever.
//!
//! Written as SQL, because the two databases differ in type names alone; `dialect` fills those in.
//!
//! - Every table begins with the organization, and so do its keys, uniqueness and references. [`secure`] closes each
//!   of them with row-level security on PostgreSQL after every migration.
//! - Moments are whole microseconds since 1970 in a 64-bit integer, on both databases: exact, comparable, one index
//!   shape, and no time zone to lose. PostgreSQL's own type would hold no more, SQLite has none.
//! - References are checked at the end of the transaction, so that the edits of one transaction may come in any order.
//! - A uniqueness rule is named `<table>_unique_<word>`, its last column being `<word>` or `<word>_id`: the word is
//!   what a caller is told when it is broken.

mod dialect;
mod m0001_organizations;
mod m0002_workspaces;
mod m0003_agents;
mod m0004_servers;
mod m0005_grants;
mod m0006_narrowings;
mod m0007_gateways_and_keys;
mod m0008_changes;
mod m0009_decisions;
mod m0010_usage;
mod m0011_tool_definitions;
mod m0012_idempotency;
mod m0013_mcp_audit_log;
mod m0014_sessions;
mod m0015_sign_in_methods;
mod m0016_first_start;
mod m0017_next_authenticator;
mod m0020_connections;
mod m0021_sign_in;
mod m0026_directory;
mod m0027_directory_log;
mod m0028_signals;
mod m0029_signal_polling;
mod m0030_data_keys;
mod m0031_member_invitations;
mod m0040_reveals;
mod m0041_invitation_messages;
mod m0042_drafts;
mod m0043_saved_queries;
mod m0046_summaries;
mod m0047_onboarding;
mod m0048_presence;
mod m0049_session_tokens;
mod m0050_accepted_identities;
mod m0051_visits;
mod m0052_exports;
mod m0053_changes_of_target;
mod m0054_identity_requests_told;
mod m0055_left_session_tokens;
mod m0056_evidence_indexes;
mod m0057_left_since;
mod secure;

pub use crate::secure::secure;

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

/// Applies the migrations, in order.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_organizations::Migration),
            Box::new(m0002_workspaces::Migration),
            Box::new(m0003_agents::Migration),
            Box::new(m0004_servers::Migration),
            Box::new(m0005_grants::Migration),
            Box::new(m0006_narrowings::Migration),
            Box::new(m0007_gateways_and_keys::Migration),
            Box::new(m0008_changes::Migration),
            Box::new(m0009_decisions::Migration),
            Box::new(m0010_usage::Migration),
            Box::new(m0011_tool_definitions::Migration),
            Box::new(m0012_idempotency::Migration),
            Box::new(m0013_mcp_audit_log::Migration),
            Box::new(m0014_sessions::Migration),
            Box::new(m0015_sign_in_methods::Migration),
            Box::new(m0016_first_start::Migration),
            Box::new(m0017_next_authenticator::Migration),
            Box::new(m0020_connections::Migration),
            Box::new(m0021_sign_in::Migration),
            Box::new(m0026_directory::Migration),
            Box::new(m0027_directory_log::Migration),
            Box::new(m0028_signals::Migration),
            Box::new(m0029_signal_polling::Migration),
            Box::new(m0030_data_keys::Migration),
            Box::new(m0031_member_invitations::Migration),
            Box::new(m0040_reveals::Migration),
            Box::new(m0041_invitation_messages::Migration),
            Box::new(m0042_drafts::Migration),
            Box::new(m0043_saved_queries::Migration),
            Box::new(m0046_summaries::Migration),
            Box::new(m0047_onboarding::Migration),
            Box::new(m0048_presence::Migration),
            Box::new(m0049_session_tokens::Migration),
            Box::new(m0050_accepted_identities::Migration),
            Box::new(m0051_visits::Migration),
            Box::new(m0052_exports::Migration),
            Box::new(m0053_changes_of_target::Migration),
            Box::new(m0054_identity_requests_told::Migration),
            Box::new(m0055_left_session_tokens::Migration),
            Box::new(m0056_evidence_indexes::Migration),
            Box::new(m0057_left_since::Migration),
        ]
    }
}
