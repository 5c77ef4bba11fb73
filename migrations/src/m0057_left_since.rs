//! Since when what a provider gave is left of a session that is gone: it is told of that a little later.

crate::dialect::migration!("0057_left_since", COLUMN);

/// Null where the session is there, or nobody has looked yet. A node of before does not look, and tells at once as it did.
const COLUMN: &str = "
{postgres}alter table session_tokens add column left_at bigint;
{sqlite}alter table session_tokens add column left_at integer;
";
