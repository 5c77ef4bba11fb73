//! What the files came to that people took out of the evidence.

crate::dialect::migration!("0052_exports", TABLES);

/// The digest of a file is known when it has been sent, and its record is written before: so it stands beside it, by the
/// id of that record. A file without a row here was not sent to its end.
const TABLES: &str = "
create table exports (
    organization_id {uuid} not null,
    decision_id {uuid} not null,
    manifest text not null,
    constraint exports_unique_decision primary key (organization_id, decision_id)
){table};
";
