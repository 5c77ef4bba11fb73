CREATE TABLE accepted_identities (
    organization_id blob not null,
    id blob not null,
    user_id blob not null,
    connection_id blob not null,
    issuer text not null,
    subject text not null,
    voucher blob not null,
    accepted_by blob not null,
    accepted_at integer not null,
    constraint accepted_identities_unique_id primary key (organization_id, id),
    constraint accepted_identities_unique_subject unique (organization_id, connection_id, issuer, subject),
    constraint accepted_identities_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
) strict;

CREATE TABLE accounts (
    user_id blob not null,
    login text not null,
    password text not null,
    changed_at integer not null,
    constraint accounts_unique_user primary key (user_id),
    constraint accounts_unique_login unique (login),
    constraint accounts_user foreign key (user_id)
        references users (id) deferrable initially deferred
) strict;

CREATE TABLE agent_days (
    organization_id blob not null,
    actor_id blob not null,
    day integer not null,
    actor_kind text not null,
    actor_name text not null,
    allowed integer not null,
    denied integer not null,
    constraint agent_days_unique_day primary key (organization_id, actor_id, day)
) strict;

CREATE INDEX agent_days_by_day on agent_days (organization_id, day, actor_id, allowed, denied);

CREATE TABLE agents (
    organization_id blob not null,
    id blob not null,
    name text not null,
    purpose text not null,
    owner_id blob not null,
    state text not null,
    state_detail text,
    scope text not null,
    never text not null,
    created_at integer not null,
    created_by blob not null,
    constraint agents_unique_id primary key (organization_id, id),
    constraint agents_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred,
    constraint agents_owner foreign key (owner_id)
        references users (id) deferrable initially deferred
) strict;

CREATE INDEX agents_by_id on agents (id);

CREATE INDEX agents_by_owner on agents (organization_id, owner_id);

CREATE TABLE attachments (
    organization_id blob not null,
    workspace_id blob not null,
    server_id blob not null,
    constraint attachments_unique_server primary key (organization_id, workspace_id, server_id),
    constraint attachments_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred,
    constraint attachments_server foreign key (organization_id, server_id)
        references servers (organization_id, id) deferrable initially deferred
) strict;

CREATE TABLE break_glass (
    organization_id blob not null,
    user_id blob not null,
    at integer not null,
    constraint break_glass_unique_user primary key (organization_id, user_id),
    constraint break_glass_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
) strict;

CREATE INDEX break_glass_by_user on break_glass (user_id);

CREATE TABLE changes (
    organization_id blob not null,
    revision integer not null,
    position integer not null,
    at integer not null,
    action text not null,
    actor_kind text,
    actor_id blob,
    owner_id blob,
    key_id text,
    kind text not null,
    target text not null,
    decision_id blob,
    before text,
    after text,
    constraint changes_unique_position primary key (organization_id, revision, position),
    constraint changes_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE INDEX changes_edited on changes (organization_id, revision, kind, target, at) where before is not null;

CREATE INDEX changes_of_kind on changes (organization_id, kind, revision, position);

CREATE INDEX changes_of_target on changes (organization_id, kind, target, revision, position);

CREATE TABLE connection_homes (
    connection_id blob not null,
    organization_id blob not null,
    constraint connection_homes_unique_connection primary key (connection_id)
) strict;

CREATE TABLE connection_secrets (
    organization_id blob not null,
    id blob not null,
    connection_id blob not null,
    sealed blob not null,
    created_at integer not null,
    constraint connection_secrets_unique_id primary key (organization_id, id),
    constraint connection_secrets_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE connections (
    organization_id blob not null,
    id blob not null,
    name text not null,
    issuer text not null,
    terms text not null,
    state text not null,
    state_detail text,
    proposal text,
    created_at integer not null,
    constraint connections_unique_id primary key (organization_id, id),
    constraint connections_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE data_keys (
    organization_id blob not null,
    wrapped blob not null,
    wrapped_by text not null,
    constraint data_keys_unique_organization primary key (organization_id)
) strict;

CREATE TABLE decision_hours (
    organization_id blob not null,
    person_id blob not null,
    hour integer not null,
    verdict text not null,
    reason text not null,
    records integer not null,
    constraint decision_hours_unique_hour primary key (organization_id, person_id, hour, verdict, reason)
) strict;

CREATE TABLE decisions (
    organization_id blob not null,
    id blob not null,
    at integer not null,
    revision integer not null,
    node text not null,
    epoch integer not null,
    sequence integer not null,
    verdict text not null,
    reason text not null,
    public_reason text not null,
    action text not null,
    actor_kind text,
    actor_id blob,
    actor_name text,
    owner_id blob,
    owner_name text,
    on_behalf_of_id blob,
    on_behalf_of_name text,
    approver_id blob,
    instance text,
    originator_id blob,
    gateway_id blob,
    key_id text,
    workspace_id blob,
    workspace_name text,
    server_id blob,
    server_name text,
    tool_id blob,
    tool_name text,
    target_kind text,
    target_id text,
    arguments_digest blob,
    address text,
    run_id blob,
    trace_id text,
    span_id text,
    duration_us integer not null,
    home_organization_id blob,
    home_revision integer,
    path text not null,
    obligations text,
    note text,
    constraint decisions_unique_id primary key (organization_id, id)
) strict;

CREATE INDEX decisions_by_at on decisions (organization_id, at, id, actor_kind, actor_id, owner_id, key_id);

CREATE INDEX decisions_by_run on decisions (organization_id, run_id) where run_id is not null;

CREATE INDEX decisions_of_management on decisions (organization_id, at, id, action) where gateway_id is null;

CREATE UNIQUE INDEX decisions_unique_sequence on decisions (organization_id, node, epoch, sequence)
    where sequence > 0;

CREATE TABLE directory_errors (
    organization_id blob not null,
    id blob not null,
    at integer not null,
    method text not null,
    path text not null,
    status integer not null,
    scim_type text,
    detail text not null,
    request text not null,
    constraint directory_errors_unique_id primary key (organization_id, id),
    constraint directory_errors_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE directory_group_mappings (
    organization_id blob not null,
    id blob not null,
    group_id blob not null,
    organization_role text,
    workspace_id blob,
    role_id blob,
    constraint directory_group_mappings_unique_id primary key (organization_id, id),
    constraint directory_group_mappings_one_kind check (
        (organization_role is null) <> (workspace_id is null) and (workspace_id is null) = (role_id is null)
    ),
    constraint directory_group_mappings_group foreign key (organization_id, group_id)
        references directory_groups (organization_id, id) deferrable initially deferred,
    constraint directory_group_mappings_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred,
    constraint directory_group_mappings_role foreign key (organization_id, role_id)
        references roles (organization_id, id) deferrable initially deferred
) strict;

CREATE INDEX directory_group_mappings_by_group on directory_group_mappings (organization_id, group_id);

CREATE INDEX directory_group_mappings_by_role on directory_group_mappings (organization_id, role_id);

CREATE TABLE directory_group_members (
    organization_id blob not null,
    group_id blob not null,
    user_id blob not null,
    constraint directory_group_members_unique_user primary key (organization_id, group_id, user_id),
    constraint directory_group_members_group foreign key (organization_id, group_id)
        references directory_groups (organization_id, id) deferrable initially deferred,
    constraint directory_group_members_user foreign key (organization_id, user_id)
        references directory_users (organization_id, user_id) deferrable initially deferred
) strict;

CREATE INDEX directory_group_members_by_user on directory_group_members (organization_id, user_id);

CREATE TABLE directory_groups (
    organization_id blob not null,
    id blob not null,
    name text not null,
    external_id text,
    created_at integer not null,
    modified_at integer not null,
    constraint directory_groups_unique_id primary key (organization_id, id),
    constraint directory_groups_unique_external unique (organization_id, external_id),
    constraint directory_groups_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE directory_syncs (
    organization_id blob not null,
    at integer not null,
    constraint directory_syncs_unique_organization primary key (organization_id),
    constraint directory_syncs_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE directory_users (
    organization_id blob not null,
    user_id blob not null,
    user_name text not null,
    folded_name text not null,
    external_id text,
    attributes text not null,
    role_without_groups text,
    created_at integer not null,
    modified_at integer not null,
    constraint directory_users_unique_user primary key (organization_id, user_id),
    constraint directory_users_unique_folded_name unique (organization_id, folded_name),
    constraint directory_users_unique_external unique (organization_id, external_id),
    constraint directory_users_membership foreign key (organization_id, user_id)
        references organization_memberships (organization_id, user_id) deferrable initially deferred
) strict;

CREATE TABLE domain_checks (
    organization_id blob not null,
    domain_id blob not null,
    checked_at integer not null,
    missing_since integer,
    constraint domain_checks_unique_domain primary key (organization_id, domain_id),
    constraint domain_checks_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE domains (
    organization_id blob not null,
    id blob not null,
    name text not null,
    challenge text not null,
    state text not null,
    state_detail text,
    created_at integer not null,
    constraint domains_unique_id primary key (organization_id, id),
    constraint domains_unique_name unique (organization_id, name),
    constraint domains_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE drafts (
    organization_id blob not null,
    id blob not null,
    user_id blob not null,
    body text not null,
    at integer not null,
    constraint drafts_unique_id primary key (organization_id, id)
) strict;

CREATE INDEX drafts_by_at on drafts (at);

CREATE TABLE exports (
    organization_id blob not null,
    decision_id blob not null,
    manifest text not null,
    constraint exports_unique_decision primary key (organization_id, decision_id)
) strict;

CREATE TABLE first_start (
    token_hash blob not null,
    ends_at integer not null,
    constraint first_start_unique_token_hash primary key (token_hash)
) strict;

CREATE TABLE gateway_usage (
    organization_id blob not null,
    gateway_id blob not null,
    last_seen_at integer not null,
    allowed integer not null,
    denied integer not null,
    constraint gateway_usage_unique_gateway primary key (organization_id, gateway_id)
) strict;

CREATE TABLE gateways (
    organization_id blob not null,
    id blob not null,
    name text not null,
    state text not null,
    state_detail text,
    may_assert_subjects integer not null,
    allows_unseen_tools integer not null,
    created_at integer not null,
    constraint gateways_unique_id primary key (organization_id, id),
    constraint gateways_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE grants (
    organization_id blob not null,
    id blob not null,
    role_id blob not null,
    server_id blob not null,
    tools text not null,
    constraints text not null,
    constraint grants_unique_id primary key (organization_id, id),
    constraint grants_role foreign key (organization_id, role_id)
        references roles (organization_id, id) deferrable initially deferred,
    constraint grants_server foreign key (organization_id, server_id)
        references servers (organization_id, id) deferrable initially deferred
) strict;

CREATE INDEX grants_by_role on grants (organization_id, role_id);

CREATE TABLE idempotency (
    organization_id blob not null,
    idempotency_key text not null,
    request_digest blob not null,
    status integer not null,
    body text not null,
    at integer not null,
    constraint idempotency_unique_idempotency_key primary key (organization_id, idempotency_key)
) strict;

CREATE INDEX idempotency_by_at on idempotency (at);

CREATE TABLE identities (
    organization_id blob not null,
    connection_id blob not null,
    issuer text not null,
    subject text not null,
    user_id blob not null,
    address text,
    created_at integer not null,
    last_used_at integer not null,
    constraint identities_unique_subject primary key (organization_id, connection_id, issuer, subject),
    constraint identities_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE INDEX identities_by_user on identities (organization_id, user_id);

CREATE TABLE identity_requests (
    organization_id blob not null,
    id blob not null,
    user_id blob not null,
    connection_id blob not null,
    issuer text not null,
    subject text not null,
    voucher blob not null,
    asked_at integer not null,
    constraint identity_requests_unique_id primary key (organization_id, id),
    constraint identity_requests_unique_subject unique (organization_id, connection_id, issuer, subject),
    constraint identity_requests_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
) strict;

CREATE INDEX identity_requests_by_user on identity_requests (organization_id, user_id);

CREATE TABLE identity_requests_told (
    organization_id blob not null,
    user_id blob not null,
    told_at integer not null,
    constraint identity_requests_told_unique_user primary key (organization_id, user_id)
) strict;

CREATE TABLE invitations (
    organization_id blob not null,
    id blob not null,
    workspace_id blob not null,
    agent_organization_id blob not null,
    agent_id blob not null,
    invited_by blob not null,
    state text not null,
    state_detail text, message text not null default '',
    constraint invitations_unique_id primary key (organization_id, id),
    constraint invitations_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred
) strict;

CREATE TABLE key_usage (
    organization_id blob not null,
    key_id text not null,
    last_used_at integer not null,
    last_address text,
    last_gateway_id blob,
    allowed integer not null,
    denied integer not null,
    constraint key_usage_unique_key primary key (organization_id, key_id)
) strict;

CREATE TABLE keys (
    organization_id blob not null,
    id text not null,
    holder_kind text not null,
    holder_id blob not null,
    name text not null,
    hash blob not null,
    state text not null,
    state_detail text,
    created_at integer not null,
    created_by blob,
    expires_at integer not null,
    replaces text,
    limits text not null,
    constraint keys_unique_id primary key (organization_id, id),
    constraint keys_everywhere_unique_id unique (id),
    constraint keys_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE letters (
    organization_id blob not null,
    id blob not null,
    sealed blob not null,
    tries integer not null,
    due_at integer not null,
    constraint letters_unique_id primary key (organization_id, id),
    constraint letters_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE INDEX letters_by_due_at on letters (due_at);

CREATE VIEW mcp_audit_log as
select
    strftime('%Y-%m-%dT%H:%M:%S', d.at / 1000000, 'unixepoch') || printf('.%06dZ', d.at % 1000000) as timestamp,
    case when d.actor_id is not null then lower(substr(hex(d.actor_id), 1, 8) || '-' || substr(hex(d.actor_id), 9, 4) || '-' || substr(hex(d.actor_id), 13, 4) || '-' || substr(hex(d.actor_id), 17, 4) || '-' || substr(hex(d.actor_id), 21, 12)) end as user_id,
    case when d.actor_kind = 'user' then coalesce(u.email, '') else '' end as email,
    d.actor_kind,
    case when d.owner_id is not null then lower(substr(hex(d.owner_id), 1, 8) || '-' || substr(hex(d.owner_id), 9, 4) || '-' || substr(hex(d.owner_id), 13, 4) || '-' || substr(hex(d.owner_id), 17, 4) || '-' || substr(hex(d.owner_id), 21, 12)) end as owner_id,
    coalesce(o.email, '') as owner_email,
    case when d.organization_id is not null then lower(substr(hex(d.organization_id), 1, 8) || '-' || substr(hex(d.organization_id), 9, 4) || '-' || substr(hex(d.organization_id), 13, 4) || '-' || substr(hex(d.organization_id), 17, 4) || '-' || substr(hex(d.organization_id), 21, 12)) end as organization_id,
    d.server_name as server,
    d.tool_name as tool,
    d.action as method,
    d.verdict as decision,
    d.reason,
    case when d.run_id is not null then lower(substr(hex(d.run_id), 1, 8) || '-' || substr(hex(d.run_id), 9, 4) || '-' || substr(hex(d.run_id), 13, 4) || '-' || substr(hex(d.run_id), 17, 4) || '-' || substr(hex(d.run_id), 21, 12)) end as run_id,
    d.trace_id,
    case when d.id is not null then lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21, 12)) end as decision_id
from decisions d
left join organization_users u on u.organization_id = d.organization_id and u.user_id = d.actor_id
left join organization_users o on o.organization_id = d.organization_id and o.user_id = d.owner_id;

CREATE TABLE member_invitations (
    organization_id blob not null,
    id blob not null,
    email text,
    role text not null,
    places text not null,
    invited_by blob not null,
    created_at integer not null,
    ends_at integer not null,
    hash blob not null,
    state text not null,
    state_detail text, accepts_identity integer not null default false,
    constraint member_invitations_unique_id primary key (organization_id, id),
    constraint member_invitations_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE onboarding (
    organization_id blob not null,
    step text not null,
    user_id blob not null,
    at integer not null,
    constraint onboarding_unique_step primary key (organization_id, step)
) strict;

CREATE TABLE organization_heads (
    organization_id blob not null,
    slug text not null,
    revision integer not null,
    constraint organization_heads_unique_organization primary key (organization_id),
    constraint organization_heads_unique_slug unique (slug)
) strict;

CREATE TABLE organization_memberships (
    organization_id blob not null,
    user_id blob not null,
    role text not null,
    state text not null,
    state_detail text,
    constraint organization_memberships_unique_user primary key (organization_id, user_id),
    constraint organization_memberships_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
) strict;

CREATE INDEX organization_memberships_by_user on organization_memberships (user_id);

CREATE TABLE organization_users (
    organization_id blob not null,
    user_id blob not null,
    name text not null,
    email text,
    constraint organization_users_unique_user primary key (organization_id, user_id),
    constraint organization_users_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred,
    constraint organization_users_user foreign key (user_id)
        references users (id) deferrable initially deferred
) strict;

CREATE INDEX organization_users_by_user on organization_users (user_id);

CREATE TABLE organizations (
    organization_id blob not null,
    slug text not null,
    name text not null,
    state text not null,
    state_detail text,
    stop text not null,
    stop_detail text,
    constraint organizations_unique_organization primary key (organization_id),
    constraint organizations_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE overrides (
    organization_id blob not null,
    id blob not null,
    workspace_id blob not null,
    agent_organization_id blob not null,
    agent_id blob not null,
    blocked integer not null,
    denied text not null,
    constraint overrides_unique_id primary key (organization_id, id),
    constraint overrides_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred
) strict;

CREATE TABLE passkey_ceremonies (
    token_hash blob not null,
    user_id blob,
    state text not null,
    ends_at integer not null,
    constraint passkey_ceremonies_unique_token_hash primary key (token_hash)
) strict;

CREATE INDEX passkey_ceremonies_by_end on passkey_ceremonies (ends_at);

CREATE TABLE passkeys (
    id blob not null,
    user_id blob not null,
    credential_id blob not null,
    name text not null,
    passkey text not null,
    created_at integer not null,
    last_used_at integer,
    constraint passkeys_unique_id primary key (id),
    constraint passkeys_unique_credential unique (credential_id),
    constraint passkeys_user foreign key (user_id)
        references users (id) deferrable initially deferred
) strict;

CREATE INDEX passkeys_by_user on passkeys (user_id);

CREATE TABLE presence (
    organization_id blob not null,
    user_id blob not null,
    last_seen_at integer not null,
    proof text not null,
    constraint presence_unique_user primary key (organization_id, user_id)
) strict;

CREATE TABLE proven_domains (
    name text not null,
    organization_id blob not null,
    domain_id blob not null,
    constraint proven_domains_unique_name primary key (name)
) strict;

CREATE INDEX proven_domains_by_domain on proven_domains (organization_id, domain_id);

CREATE TABLE recovery_codes (
    user_id blob not null,
    code_hash blob not null,
    used_at integer,
    constraint recovery_codes_unique_code_hash primary key (user_id, code_hash),
    constraint recovery_codes_user foreign key (user_id)
        references users (id) deferrable initially deferred
) strict;

CREATE TABLE retired_slugs (
    slug text not null,
    constraint retired_slugs_unique_slug primary key (slug)
) strict;

CREATE TABLE reveals (
    organization_id blob not null,
    slip_hash blob not null,
    user_id blob not null,
    made_at integer not null,
    about text not null,
    sealed blob,
    shown_at integer,
    constraint reveals_unique_slip_hash primary key (organization_id, slip_hash)
) strict;

CREATE INDEX reveals_by_made_at on reveals (made_at);

CREATE TABLE robots (
    organization_id blob not null,
    id blob not null,
    name text not null,
    purpose text not null,
    stewards text not null,
    state text not null,
    state_detail text,
    created_at integer not null,
    created_by blob not null,
    constraint robots_unique_id primary key (organization_id, id),
    constraint robots_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE roles (
    organization_id blob not null,
    id blob not null,
    name text not null,
    purpose text not null,
    constraint roles_unique_id primary key (organization_id, id),
    constraint roles_unique_name unique (organization_id, name),
    constraint roles_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE saved_queries (
    organization_id blob not null,
    id blob not null,
    user_id blob not null,
    name text not null,
    line text not null,
    is_shared integer not null,
    at integer not null,
    constraint saved_queries_unique_id primary key (organization_id, id)
) strict;

CREATE INDEX saved_queries_by_user on saved_queries (organization_id, user_id);

CREATE TABLE seen_tokens (
    organization_id blob not null,
    connection_id blob not null,
    token text not null,
    expires_at integer not null,
    constraint seen_tokens_unique_token primary key (organization_id, connection_id, token),
    constraint seen_tokens_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE INDEX seen_tokens_by_expires_at on seen_tokens (expires_at);

CREATE TABLE servers (
    organization_id blob not null,
    id blob not null,
    slug text not null,
    name text not null,
    url text,
    credential_mode text not null,
    identity_mode text not null,
    state text not null,
    state_detail text,
    constraint servers_unique_id primary key (organization_id, id),
    constraint servers_unique_slug unique (organization_id, slug),
    constraint servers_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE session_tokens (
    organization_id blob not null,
    session_id blob not null,
    identity blob not null,
    refresh blob,
    asked_at integer not null,
    not_before integer not null,
    failures integer not null,
    user_id blob,
    connection_id blob, left_at integer,
    constraint session_tokens_unique_session primary key (organization_id, session_id)
) strict;

CREATE INDEX session_tokens_by_asked_at on session_tokens (asked_at);

CREATE INDEX session_tokens_by_session on session_tokens (session_id);

CREATE TABLE session_visits (
    organization_id blob not null,
    session_id blob not null,
    last_seen_at integer not null,
    constraint session_visits_unique_session primary key (organization_id, session_id),
    constraint session_visits_session foreign key (session_id)
        references sessions (id) on delete cascade deferrable initially deferred
) strict;

CREATE INDEX session_visits_by_session on session_visits (session_id);

CREATE TABLE sessions (
    id blob not null,
    token_hash blob not null,
    csrf blob not null,
    user_id blob not null,
    connection_id blob,
    honoured_by blob,
    proof text not null,
    amr text not null,
    acr text,
    authenticated_at integer not null,
    created_at integer not null,
    last_seen_at integer not null,
    ends_at integer not null,
    provider_session text,
    user_agent text,
    address text, voucher blob, closed_to text not null default '',
    constraint sessions_unique_id primary key (id),
    constraint sessions_unique_token_hash unique (token_hash),
    constraint sessions_user foreign key (user_id)
        references users (id) deferrable initially deferred
) strict;

CREATE INDEX sessions_by_connection on sessions (connection_id, provider_session);

CREATE INDEX sessions_by_end on sessions (ends_at);

CREATE INDEX sessions_by_user on sessions (user_id);

CREATE TABLE setup_links (
    organization_id blob not null,
    token_hash blob not null,
    connection_id blob not null,
    created_by blob not null,
    expires_at integer not null,
    constraint setup_links_unique_token_hash primary key (organization_id, token_hash),
    constraint setup_links_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE sign_in_attempts (
    id blob not null,
    account_hash blob not null,
    address text not null,
    at integer not null,
    constraint sign_in_attempts_unique_id primary key (id)
) strict;

CREATE INDEX sign_in_attempts_by_account on sign_in_attempts (account_hash, address, at);

CREATE INDEX sign_in_attempts_by_at on sign_in_attempts (at);

CREATE TABLE sign_in_flows (
    organization_id blob not null,
    state_hash blob not null,
    browser_hash blob not null,
    connection_id blob not null,
    purpose text not null,
    nonce text not null,
    verifier text not null,
    next text not null,
    session_id blob,
    expires_at integer not null, address text,
    constraint sign_in_flows_unique_state_hash primary key (organization_id, state_hash),
    constraint sign_in_flows_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE INDEX sign_in_flows_by_expires_at on sign_in_flows (expires_at);

CREATE TABLE sign_in_links (
    token_hash blob not null,
    user_id blob not null,
    honoured_by blob,
    ends_at integer not null,
    used_at integer,
    constraint sign_in_links_unique_token_hash primary key (token_hash),
    constraint sign_in_links_user foreign key (user_id)
        references users (id) deferrable initially deferred
) strict;

CREATE INDEX sign_in_links_by_end on sign_in_links (ends_at);

CREATE TABLE signal_stream_secrets (
    organization_id blob not null,
    id blob not null,
    stream_id blob not null,
    sealed blob not null,
    created_at integer not null,
    constraint signal_stream_secrets_unique_id primary key (organization_id, id)
) strict;

CREATE TABLE signal_stream_standings (
    organization_id blob not null,
    stream_id blob not null,
    due_at integer not null,
    failures integer not null,
    heard_at integer,
    failed_at integer,
    failure text,
    constraint signal_stream_standings_unique_stream primary key (organization_id, stream_id)
) strict;

CREATE TABLE signal_streams (
    organization_id blob not null,
    id blob not null,
    name text not null,
    issuer text not null,
    audience text not null,
    jwks_url text not null,
    created_at integer not null,
    created_by blob not null, poll_url text, poll_secret_id blob, push_token_hash blob,
    constraint signal_streams_unique_id primary key (organization_id, id),
    constraint signal_streams_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;

CREATE TABLE signals_seen (
    organization_id blob not null,
    stream_id blob not null,
    name text not null,
    at integer not null,
    constraint signals_seen_unique_name primary key (organization_id, stream_id, name)
) strict;

CREATE INDEX signals_seen_by_at on signals_seen (at);

CREATE TABLE summary_marks (
    organization_id blob not null,
    counted_until integer not null,
    constraint summary_marks_unique_organization primary key (organization_id)
) strict;

CREATE TABLE tool_definitions (
    organization_id blob not null,
    hash blob not null,
    definition text not null,
    constraint tool_definitions_unique_hash primary key (organization_id, hash)
) strict;

CREATE TABLE tools (
    organization_id blob not null,
    id blob not null,
    server_id blob not null,
    name text not null,
    title text not null,
    risk text not null,
    definition blob not null,
    reviewed blob,
    state text not null,
    constraint tools_unique_id primary key (organization_id, id),
    constraint tools_unique_name unique (organization_id, server_id, name),
    constraint tools_server foreign key (organization_id, server_id)
        references servers (organization_id, id) deferrable initially deferred
) strict;

CREATE TABLE totp (
    user_id blob not null,
    seed blob not null,
    confirmed integer not null,
    last_step integer not null, next_seed blob,
    constraint totp_unique_user primary key (user_id),
    constraint totp_user foreign key (user_id)
        references users (id) deferrable initially deferred
) strict;

CREATE TABLE users (
    id blob not null,
    name text not null,
    email text,
    constraint users_unique_id primary key (id)
) strict;

CREATE TABLE workspace_memberships (
    organization_id blob not null,
    id blob not null,
    workspace_id blob not null,
    user_id blob,
    robot_id blob,
    role_id blob not null,
    constraint workspace_memberships_unique_id primary key (organization_id, id),
    constraint workspace_memberships_one_member check ((user_id is null) <> (robot_id is null)),
    constraint workspace_memberships_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred,
    constraint workspace_memberships_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred,
    constraint workspace_memberships_robot foreign key (organization_id, robot_id)
        references robots (organization_id, id) deferrable initially deferred,
    constraint workspace_memberships_role foreign key (organization_id, role_id)
        references roles (organization_id, id) deferrable initially deferred
) strict;

CREATE INDEX workspace_memberships_by_role on workspace_memberships (organization_id, role_id);

CREATE INDEX workspace_memberships_by_workspace on workspace_memberships (organization_id, workspace_id);

CREATE TABLE workspaces (
    organization_id blob not null,
    id blob not null,
    slug text not null,
    name text not null,
    visibility text not null,
    access_mode text not null,
    guest_agents integer not null,
    auto_accept_agents integer not null,
    identity_mode text,
    constraint workspaces_unique_id primary key (organization_id, id),
    constraint workspaces_unique_slug unique (organization_id, slug),
    constraint workspaces_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
) strict;
