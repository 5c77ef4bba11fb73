//! How many calls were allowed and denied, hour by hour and agent by agent: what pictures are drawn from.

crate::dialect::migration!("0046_summaries", TABLES);

/// Worked out from `decisions`, beside the recorder and never by it; taken away, they are worked out anew.
///
/// - `summary_marks` says up to which moment an organization's records are counted. What is newer is counted when it is
///   looked at;
/// - `decision_hours` has every call once for the whole organization, under the id of nobody (sixteen zeros), and once
///   for the person who answered for it, because an owner's pictures are of their own agents alone. An hour is the
///   number of whole hours since 1970;
/// - `agent_days` has the days of each agent and robot, with what it was last called. The index serves the question who
///   was busiest, without a look at the rows.
const TABLES: &str = "
create table summary_marks (
    organization_id {uuid} not null,
    counted_until {number} not null,
    constraint summary_marks_unique_organization primary key (organization_id)
){table};

create table decision_hours (
    organization_id {uuid} not null,
    person_id {uuid} not null,
    hour {number} not null,
    verdict text not null,
    reason text not null,
    records {number} not null,
    constraint decision_hours_unique_hour primary key (organization_id, person_id, hour, verdict, reason)
){table};

create table agent_days (
    organization_id {uuid} not null,
    actor_id {uuid} not null,
    day {number} not null,
    actor_kind text not null,
    actor_name text not null,
    allowed {number} not null,
    denied {number} not null,
    constraint agent_days_unique_day primary key (organization_id, actor_id, day)
){table};

create index agent_days_by_day on agent_days (organization_id, day, actor_id, allowed, denied);
";
