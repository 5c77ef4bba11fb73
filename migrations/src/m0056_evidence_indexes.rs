//! Ways to what is rare in the evidence, past what is common.

crate::dialect::migration!("0056_evidence_indexes", INDEXES);

/// - `decisions_of_management` has what people, keys and directories did here, in the order of time like every index of
///   `decisions`. No call is in it, so none pays for it, and a rare action is found without a look at a million calls;
/// - `changes_of_kind` gives the first and the last change of a kind;
/// - `changes_edited` has what was changed or taken away, past the many lines of an import, which are all new,
///   with everything that is asked of them in a list of who lost their agents.
const INDEXES: &str = "
create index decisions_of_management on decisions (organization_id, at, id, action) where gateway_id is null;

create index changes_of_kind on changes (organization_id, kind, revision, position);

create index changes_edited on changes (organization_id, revision, kind, target, at) where before is not null;
";
