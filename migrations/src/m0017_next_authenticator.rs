//! An authenticator that is being replaced goes on counting until the new one has shown a code.

crate::dialect::migration!("0017_next_authenticator", TABLES);

/// `next_seed` is sealed like `seed`, whose place it takes with its first code.
const TABLES: &str = "
alter table totp add column next_seed {bytes};
";
