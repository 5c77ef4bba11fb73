//! Which first steps of an organization were skipped, and by whom.

crate::dialect::migration!("0047_onboarding", TABLES);

/// No facts: that a step is done is seen by what there is. The step `all` says that nobody wants to see the list.
const TABLES: &str = "
create table onboarding (
    organization_id {uuid} not null,
    step text not null,
    user_id {uuid} not null,
    at {number} not null,
    constraint onboarding_unique_step primary key (organization_id, step)
){table};
";
