//! The store: facts, changes and evidence in SQLite or PostgreSQL, domain types in and out.
//!
//! Facts are written only as [`model::Edit`]s under a [`decision::Permit`], in one transaction with their changes and
//! their evidence ([`Writing`]). Decisions read a [`model::Snapshot`], rebuilt from the tables or folded from the
//! changes; both are equal at every revision. Recorded calls come in groups ([`Store::append`]).

mod changes;
mod connect;
mod decisions;
mod definitions;
mod directory;
mod drafts;
mod error;
mod exports;
mod first_start;
#[cfg(test)]
mod full_disk;
mod idempotency;
mod letters;
mod load;
mod migrate;
mod nouns;
mod onboarding;
mod page;
mod presence;
mod purge;
mod reveals;
mod roles;
mod saved_queries;
mod sealing;
mod sessions;
mod sign_in;
mod sign_in_methods;
mod signals;
mod silence;
mod summary;
mod tenancy;
mod tenants;
mod terms;
mod text;
mod usage;
mod writing;

pub use changes::{
    ChangeCursor, ChangeFilter, ChangeMatches, ChangeSearch, ChangeSpan, ChangeTallies, CountedChanges,
    FoundChanges,
};
pub use connect::{Backend, Options, Store};
pub use decisions::{
    Counted, DecisionCursor, DecisionFilter, Found, Matches, Search, Span, StoredDecision, Tally, Term,
};
pub use directory::DirectoryFailure;
pub use error::StoreError;
pub use idempotency::Remembered;
pub use letters::{DueLetter, Letter};
pub use onboarding::SkippedStep;
pub use page::{Order, Page};
pub use presence::Presence;
pub use reveals::Reveal;
pub use saved_queries::SavedQuery;
pub use sealing::{Sealer, Secrets, SecretsError, installation};
pub use sessions::{DueSession, LeftAt, LeftSignIn, SealedTokens, SignInLink, StoredSession, TakenSession};
pub use sign_in::{DomainCheck, Flow, Identity, IdentityRequest, Purpose, SetupLink, Telling};
pub use sign_in_methods::{Account, Attempt, Ceremony, Method, Removal, StoredPasskey, StoredTotp};
pub use signals::{DueStream, StreamStanding};
pub use silence::GatewaySilence;
pub use summary::{AgentCount, Cascade, HourCount, Pace, Summed};
pub use tenants::OrganizationHead;
pub use usage::{GatewayUsage, KeyUsage};
pub use writing::{BreakGlassEdit, CountsOnce, ProviderLogout, SignedOut, Writing};
