//! What was changed about one thing, newest first, without reading everything that was changed.

crate::dialect::migration!("0053_changes_of_target", INDEX);

/// The order of a page is by revision and position. Without the position in it SQLite takes the primary key instead, and
/// reads every change of the organization for the three of one agent.
const INDEX: &str = "
create index changes_of_target on changes (organization_id, kind, target, revision, position);
drop index changes_by_target;
";
