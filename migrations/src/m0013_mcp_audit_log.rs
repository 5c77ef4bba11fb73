//! The evidence in the words of the gateway convention, for tools that already read it.

crate::dialect::migration!("0013_mcp_audit_log", VIEW);

/// Seen with the rights of whoever asks, so that row-level security holds through it. An agent's or robot's `email`
/// is the empty string, as the convention has it.
const VIEW: &str = "
create view mcp_audit_log{invoker} as
select
    {moment:d.at} as timestamp,
    {text:d.actor_id} as user_id,
    case when d.actor_kind = 'user' then coalesce(u.email, '') else '' end as email,
    d.actor_kind,
    {text:d.owner_id} as owner_id,
    coalesce(o.email, '') as owner_email,
    {text:d.organization_id} as organization_id,
    d.server_name as server,
    d.tool_name as tool,
    d.action as method,
    d.verdict as decision,
    d.reason,
    {text:d.run_id} as run_id,
    d.trace_id,
    {text:d.id} as decision_id
from decisions d
left join organization_users u on u.organization_id = d.organization_id and u.user_id = d.actor_id
left join organization_users o on o.organization_id = d.organization_id and o.user_id = d.owner_id;
";
