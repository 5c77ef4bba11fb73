//! The definitions that tools have and had, by their digest, so that a person can compare before and after a drift.

crate::dialect::migration!("0011_tool_definitions", TABLES);

const TABLES: &str = "
create table tool_definitions (
    organization_id {uuid} not null,
    hash {bytes} not null,
    definition text not null,
    constraint tool_definitions_unique_hash primary key (organization_id, hash)
){table};
";
