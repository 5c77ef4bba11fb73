CREATE FUNCTION public.purge_organization(gone uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
    tenant text;

    freed text;

begin
    perform set_config('app.organization', gone::text, true);

    select slug into freed from organizations where organization_id = gone and state = 'deleting'
        and (state_detail::jsonb ->> 'gone_at')::timestamptz <= now();

    if freed is null then
        return false;

    end if;

    for tenant in
        select c.relname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    loop
        execute format('delete from %I where organization_id = $1', tenant) using gone;

    end loop;

    insert into retired_slugs (slug) values (freed) on conflict do nothing;

    return true;

end
$_$;

CREATE TABLE public.accepted_identities (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    voucher bytea NOT NULL,
    accepted_by uuid NOT NULL,
    accepted_at bigint NOT NULL
);

ALTER TABLE ONLY public.accepted_identities FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts (
    user_id uuid NOT NULL,
    login text NOT NULL,
    password text NOT NULL,
    changed_at bigint NOT NULL
);

CREATE TABLE public.agent_days (
    organization_id uuid NOT NULL,
    actor_id uuid NOT NULL,
    day bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_name text NOT NULL,
    allowed bigint NOT NULL,
    denied bigint NOT NULL
);

ALTER TABLE ONLY public.agent_days FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agents (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    owner_id uuid NOT NULL,
    state text NOT NULL,
    state_detail text,
    scope text NOT NULL,
    never text NOT NULL,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL
);

ALTER TABLE ONLY public.agents FORCE ROW LEVEL SECURITY;

CREATE TABLE public.attachments (
    organization_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    server_id uuid NOT NULL
);

ALTER TABLE ONLY public.attachments FORCE ROW LEVEL SECURITY;

CREATE TABLE public.break_glass (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.break_glass FORCE ROW LEVEL SECURITY;

CREATE TABLE public.changes (
    organization_id uuid NOT NULL,
    revision bigint NOT NULL,
    "position" integer NOT NULL,
    at bigint NOT NULL,
    action text NOT NULL,
    actor_kind text,
    actor_id uuid,
    owner_id uuid,
    key_id text,
    kind text NOT NULL,
    target text NOT NULL,
    decision_id uuid,
    before text,
    after text
);

ALTER TABLE ONLY public.changes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_homes (
    connection_id uuid NOT NULL,
    organization_id uuid NOT NULL
);

ALTER TABLE ONLY public.connection_homes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_secrets (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    connection_id uuid NOT NULL,
    sealed bytea NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.connection_secrets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connections (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    issuer text NOT NULL,
    terms text NOT NULL,
    state text NOT NULL,
    state_detail text,
    proposal text,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.connections FORCE ROW LEVEL SECURITY;

CREATE TABLE public.data_keys (
    organization_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    wrapped_by text NOT NULL
);

ALTER TABLE ONLY public.data_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.decision_hours (
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    hour bigint NOT NULL,
    verdict text NOT NULL,
    reason text NOT NULL,
    records bigint NOT NULL
);

ALTER TABLE ONLY public.decision_hours FORCE ROW LEVEL SECURITY;

CREATE TABLE public.decisions (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    revision bigint NOT NULL,
    node text NOT NULL,
    epoch bigint NOT NULL,
    sequence bigint NOT NULL,
    verdict text NOT NULL,
    reason text NOT NULL,
    public_reason text NOT NULL,
    action text NOT NULL,
    actor_kind text,
    actor_id uuid,
    actor_name text,
    owner_id uuid,
    owner_name text,
    on_behalf_of_id uuid,
    on_behalf_of_name text,
    approver_id uuid,
    instance text,
    originator_id uuid,
    gateway_id uuid,
    key_id text,
    workspace_id uuid,
    workspace_name text,
    server_id uuid,
    server_name text,
    tool_id uuid,
    tool_name text,
    target_kind text,
    target_id text,
    arguments_digest bytea,
    address text,
    run_id uuid,
    trace_id text,
    span_id text,
    duration_us bigint NOT NULL,
    home_organization_id uuid,
    home_revision bigint,
    path text NOT NULL,
    obligations text,
    note text
);

ALTER TABLE ONLY public.decisions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.directory_errors (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    status integer NOT NULL,
    scim_type text,
    detail text NOT NULL,
    request text NOT NULL
);

ALTER TABLE ONLY public.directory_errors FORCE ROW LEVEL SECURITY;

CREATE TABLE public.directory_group_mappings (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    group_id uuid NOT NULL,
    organization_role text,
    workspace_id uuid,
    role_id uuid,
    CONSTRAINT directory_group_mappings_one_kind CHECK ((((organization_role IS NULL) <> (workspace_id IS NULL)) AND ((workspace_id IS NULL) = (role_id IS NULL))))
);

ALTER TABLE ONLY public.directory_group_mappings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.directory_group_members (
    organization_id uuid NOT NULL,
    group_id uuid NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.directory_group_members FORCE ROW LEVEL SECURITY;

CREATE TABLE public.directory_groups (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    external_id text,
    created_at bigint NOT NULL,
    modified_at bigint NOT NULL
);

ALTER TABLE ONLY public.directory_groups FORCE ROW LEVEL SECURITY;

CREATE TABLE public.directory_syncs (
    organization_id uuid NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.directory_syncs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.directory_users (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    user_name text NOT NULL,
    folded_name text NOT NULL,
    external_id text,
    attributes text NOT NULL,
    role_without_groups text,
    created_at bigint NOT NULL,
    modified_at bigint NOT NULL
);

ALTER TABLE ONLY public.directory_users FORCE ROW LEVEL SECURITY;

CREATE TABLE public.domain_checks (
    organization_id uuid NOT NULL,
    domain_id uuid NOT NULL,
    checked_at bigint NOT NULL,
    missing_since bigint
);

ALTER TABLE ONLY public.domain_checks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.domains (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    challenge text NOT NULL,
    state text NOT NULL,
    state_detail text,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.domains FORCE ROW LEVEL SECURITY;

CREATE TABLE public.drafts (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.drafts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.exports (
    organization_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    manifest text NOT NULL
);

ALTER TABLE ONLY public.exports FORCE ROW LEVEL SECURITY;

CREATE TABLE public.first_start (
    token_hash bytea NOT NULL,
    ends_at bigint NOT NULL
);

CREATE TABLE public.gateway_usage (
    organization_id uuid NOT NULL,
    gateway_id uuid NOT NULL,
    last_seen_at bigint NOT NULL,
    allowed bigint NOT NULL,
    denied bigint NOT NULL
);

ALTER TABLE ONLY public.gateway_usage FORCE ROW LEVEL SECURITY;

CREATE TABLE public.gateways (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    state_detail text,
    may_assert_subjects boolean NOT NULL,
    allows_unseen_tools boolean NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.gateways FORCE ROW LEVEL SECURITY;

CREATE TABLE public.grants (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    role_id uuid NOT NULL,
    server_id uuid NOT NULL,
    tools text NOT NULL,
    constraints text NOT NULL
);

ALTER TABLE ONLY public.grants FORCE ROW LEVEL SECURITY;

CREATE TABLE public.idempotency (
    organization_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    request_digest bytea NOT NULL,
    status integer NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.idempotency FORCE ROW LEVEL SECURITY;

CREATE TABLE public.identities (
    organization_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    address text,
    created_at bigint NOT NULL,
    last_used_at bigint NOT NULL
);

ALTER TABLE ONLY public.identities FORCE ROW LEVEL SECURITY;

CREATE TABLE public.identity_requests (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    voucher bytea NOT NULL,
    asked_at bigint NOT NULL
);

ALTER TABLE ONLY public.identity_requests FORCE ROW LEVEL SECURITY;

CREATE TABLE public.identity_requests_told (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    told_at bigint NOT NULL
);

ALTER TABLE ONLY public.identity_requests_told FORCE ROW LEVEL SECURITY;

CREATE TABLE public.invitations (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    agent_organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    invited_by uuid NOT NULL,
    state text NOT NULL,
    state_detail text,
    message text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.invitations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.key_usage (
    organization_id uuid NOT NULL,
    key_id text NOT NULL,
    last_used_at bigint NOT NULL,
    last_address text,
    last_gateway_id uuid,
    allowed bigint NOT NULL,
    denied bigint NOT NULL
);

ALTER TABLE ONLY public.key_usage FORCE ROW LEVEL SECURITY;

CREATE TABLE public.keys (
    organization_id uuid NOT NULL,
    id text NOT NULL,
    holder_kind text NOT NULL,
    holder_id uuid NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    state text NOT NULL,
    state_detail text,
    created_at bigint NOT NULL,
    created_by uuid,
    expires_at bigint NOT NULL,
    replaces text,
    limits text NOT NULL
);

ALTER TABLE ONLY public.keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.letters (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    sealed bytea NOT NULL,
    tries bigint NOT NULL,
    due_at bigint NOT NULL
);

ALTER TABLE ONLY public.letters FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organization_users (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    email text
);

ALTER TABLE ONLY public.organization_users FORCE ROW LEVEL SECURITY;

CREATE VIEW public.mcp_audit_log WITH (security_invoker='true') AS
 SELECT ('1970-01-01 00:00:00+00'::timestamp with time zone + ((d.at)::double precision * '00:00:00.000001'::interval)) AS "timestamp",
    (d.actor_id)::text AS user_id,
        CASE
            WHEN (d.actor_kind = 'user'::text) THEN COALESCE(u.email, ''::text)
            ELSE ''::text
        END AS email,
    d.actor_kind,
    (d.owner_id)::text AS owner_id,
    COALESCE(o.email, ''::text) AS owner_email,
    (d.organization_id)::text AS organization_id,
    d.server_name AS server,
    d.tool_name AS tool,
    d.action AS method,
    d.verdict AS decision,
    d.reason,
    (d.run_id)::text AS run_id,
    d.trace_id,
    (d.id)::text AS decision_id
   FROM ((public.decisions d
     LEFT JOIN public.organization_users u ON (((u.organization_id = d.organization_id) AND (u.user_id = d.actor_id))))
     LEFT JOIN public.organization_users o ON (((o.organization_id = d.organization_id) AND (o.user_id = d.owner_id))));

CREATE TABLE public.member_invitations (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    email text,
    role text NOT NULL,
    places text NOT NULL,
    invited_by uuid NOT NULL,
    created_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    hash bytea NOT NULL,
    state text NOT NULL,
    state_detail text,
    accepts_identity boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.member_invitations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.onboarding (
    organization_id uuid NOT NULL,
    step text NOT NULL,
    user_id uuid NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.onboarding FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organization_heads (
    organization_id uuid NOT NULL,
    slug text NOT NULL,
    revision bigint NOT NULL
);

ALTER TABLE ONLY public.organization_heads FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organization_memberships (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    state_detail text
);

ALTER TABLE ONLY public.organization_memberships FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organizations (
    organization_id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    state_detail text,
    stop text NOT NULL,
    stop_detail text
);

ALTER TABLE ONLY public.organizations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.overrides (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    agent_organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    blocked boolean NOT NULL,
    denied text NOT NULL
);

ALTER TABLE ONLY public.overrides FORCE ROW LEVEL SECURITY;

CREATE TABLE public.passkey_ceremonies (
    token_hash bytea NOT NULL,
    user_id uuid,
    state text NOT NULL,
    ends_at bigint NOT NULL
);

CREATE TABLE public.passkeys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    credential_id bytea NOT NULL,
    name text NOT NULL,
    passkey text NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint
);

CREATE TABLE public.presence (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    last_seen_at bigint NOT NULL,
    proof text NOT NULL
);

ALTER TABLE ONLY public.presence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.proven_domains (
    name text NOT NULL,
    organization_id uuid NOT NULL,
    domain_id uuid NOT NULL
);

ALTER TABLE ONLY public.proven_domains FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recovery_codes (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at bigint
);

CREATE TABLE public.retired_slugs (
    slug text NOT NULL
);

CREATE TABLE public.reveals (
    organization_id uuid NOT NULL,
    slip_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    made_at bigint NOT NULL,
    about text NOT NULL,
    sealed bytea,
    shown_at bigint
);

ALTER TABLE ONLY public.reveals FORCE ROW LEVEL SECURITY;

CREATE TABLE public.robots (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    stewards text NOT NULL,
    state text NOT NULL,
    state_detail text,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL
);

ALTER TABLE ONLY public.robots FORCE ROW LEVEL SECURITY;

CREATE TABLE public.roles (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL
);

ALTER TABLE ONLY public.roles FORCE ROW LEVEL SECURITY;

CREATE TABLE public.saved_queries (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    line text NOT NULL,
    is_shared boolean NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.saved_queries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.seen_tokens (
    organization_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    token text NOT NULL,
    expires_at bigint NOT NULL
);

ALTER TABLE ONLY public.seen_tokens FORCE ROW LEVEL SECURITY;

CREATE TABLE public.servers (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    url text,
    credential_mode text NOT NULL,
    identity_mode text NOT NULL,
    state text NOT NULL,
    state_detail text
);

ALTER TABLE ONLY public.servers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.session_tokens (
    organization_id uuid NOT NULL,
    session_id uuid NOT NULL,
    identity bytea NOT NULL,
    refresh bytea,
    asked_at bigint NOT NULL,
    not_before bigint NOT NULL,
    failures bigint NOT NULL,
    user_id uuid,
    connection_id uuid,
    left_at bigint
);

ALTER TABLE ONLY public.session_tokens FORCE ROW LEVEL SECURITY;

CREATE TABLE public.session_visits (
    organization_id uuid NOT NULL,
    session_id uuid NOT NULL,
    last_seen_at bigint NOT NULL
);

ALTER TABLE ONLY public.session_visits FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    csrf bytea NOT NULL,
    user_id uuid NOT NULL,
    connection_id uuid,
    honoured_by uuid,
    proof text NOT NULL,
    amr text NOT NULL,
    acr text,
    authenticated_at bigint NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    provider_session text,
    user_agent text,
    address text,
    voucher bytea,
    closed_to text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.setup_links (
    organization_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    connection_id uuid NOT NULL,
    created_by uuid NOT NULL,
    expires_at bigint NOT NULL
);

ALTER TABLE ONLY public.setup_links FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sign_in_attempts (
    id uuid NOT NULL,
    account_hash bytea NOT NULL,
    address text NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE public.sign_in_flows (
    organization_id uuid NOT NULL,
    state_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    connection_id uuid NOT NULL,
    purpose text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    next text NOT NULL,
    session_id uuid,
    expires_at bigint NOT NULL,
    address text
);

ALTER TABLE ONLY public.sign_in_flows FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sign_in_links (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    honoured_by uuid,
    ends_at bigint NOT NULL,
    used_at bigint
);

CREATE TABLE public.signal_stream_secrets (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    stream_id uuid NOT NULL,
    sealed bytea NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.signal_stream_secrets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.signal_stream_standings (
    organization_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    due_at bigint NOT NULL,
    failures bigint NOT NULL,
    heard_at bigint,
    failed_at bigint,
    failure text
);

ALTER TABLE ONLY public.signal_stream_standings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.signal_streams (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    issuer text NOT NULL,
    audience text NOT NULL,
    jwks_url text NOT NULL,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL,
    poll_url text,
    poll_secret_id uuid,
    push_token_hash bytea
);

ALTER TABLE ONLY public.signal_streams FORCE ROW LEVEL SECURITY;

CREATE TABLE public.signals_seen (
    organization_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    name text NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.signals_seen FORCE ROW LEVEL SECURITY;

CREATE TABLE public.summary_marks (
    organization_id uuid NOT NULL,
    counted_until bigint NOT NULL
);

ALTER TABLE ONLY public.summary_marks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.tool_definitions (
    organization_id uuid NOT NULL,
    hash bytea NOT NULL,
    definition text NOT NULL
);

ALTER TABLE ONLY public.tool_definitions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.tools (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    server_id uuid NOT NULL,
    name text NOT NULL,
    title text NOT NULL,
    risk text NOT NULL,
    definition bytea NOT NULL,
    reviewed bytea,
    state text NOT NULL
);

ALTER TABLE ONLY public.tools FORCE ROW LEVEL SECURITY;

CREATE TABLE public.totp (
    user_id uuid NOT NULL,
    seed bytea NOT NULL,
    confirmed boolean NOT NULL,
    last_step bigint NOT NULL,
    next_seed bytea
);

CREATE TABLE public.users (
    id uuid NOT NULL,
    name text NOT NULL,
    email text
);

ALTER TABLE ONLY public.users FORCE ROW LEVEL SECURITY;

CREATE TABLE public.workspace_memberships (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    user_id uuid,
    robot_id uuid,
    role_id uuid NOT NULL,
    CONSTRAINT workspace_memberships_one_member CHECK (((user_id IS NULL) <> (robot_id IS NULL)))
);

ALTER TABLE ONLY public.workspace_memberships FORCE ROW LEVEL SECURITY;

CREATE TABLE public.workspaces (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    visibility text NOT NULL,
    access_mode text NOT NULL,
    guest_agents boolean NOT NULL,
    auto_accept_agents boolean NOT NULL,
    identity_mode text
);

ALTER TABLE ONLY public.workspaces FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.accepted_identities
    ADD CONSTRAINT accepted_identities_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.accepted_identities
    ADD CONSTRAINT accepted_identities_unique_subject UNIQUE (organization_id, connection_id, issuer, subject);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_unique_login UNIQUE (login);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_unique_user PRIMARY KEY (user_id);

ALTER TABLE ONLY public.agent_days
    ADD CONSTRAINT agent_days_unique_day PRIMARY KEY (organization_id, actor_id, day);

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_unique_server PRIMARY KEY (organization_id, workspace_id, server_id);

ALTER TABLE ONLY public.break_glass
    ADD CONSTRAINT break_glass_unique_user PRIMARY KEY (organization_id, user_id);

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_unique_position PRIMARY KEY (organization_id, revision, "position");

ALTER TABLE ONLY public.connection_homes
    ADD CONSTRAINT connection_homes_unique_connection PRIMARY KEY (connection_id);

ALTER TABLE ONLY public.connection_secrets
    ADD CONSTRAINT connection_secrets_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_unique_organization PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.decision_hours
    ADD CONSTRAINT decision_hours_unique_hour PRIMARY KEY (organization_id, person_id, hour, verdict, reason);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.directory_errors
    ADD CONSTRAINT directory_errors_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.directory_group_mappings
    ADD CONSTRAINT directory_group_mappings_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.directory_group_members
    ADD CONSTRAINT directory_group_members_unique_user PRIMARY KEY (organization_id, group_id, user_id);

ALTER TABLE ONLY public.directory_groups
    ADD CONSTRAINT directory_groups_unique_external UNIQUE (organization_id, external_id);

ALTER TABLE ONLY public.directory_groups
    ADD CONSTRAINT directory_groups_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.directory_syncs
    ADD CONSTRAINT directory_syncs_unique_organization PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.directory_users
    ADD CONSTRAINT directory_users_unique_external UNIQUE (organization_id, external_id);

ALTER TABLE ONLY public.directory_users
    ADD CONSTRAINT directory_users_unique_folded_name UNIQUE (organization_id, folded_name);

ALTER TABLE ONLY public.directory_users
    ADD CONSTRAINT directory_users_unique_user PRIMARY KEY (organization_id, user_id);

ALTER TABLE ONLY public.domain_checks
    ADD CONSTRAINT domain_checks_unique_domain PRIMARY KEY (organization_id, domain_id);

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_unique_name UNIQUE (organization_id, name);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_unique_decision PRIMARY KEY (organization_id, decision_id);

ALTER TABLE ONLY public.first_start
    ADD CONSTRAINT first_start_unique_token_hash PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.gateway_usage
    ADD CONSTRAINT gateway_usage_unique_gateway PRIMARY KEY (organization_id, gateway_id);

ALTER TABLE ONLY public.gateways
    ADD CONSTRAINT gateways_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_unique_idempotency_key PRIMARY KEY (organization_id, idempotency_key);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_unique_subject PRIMARY KEY (organization_id, connection_id, issuer, subject);

ALTER TABLE ONLY public.identity_requests_told
    ADD CONSTRAINT identity_requests_told_unique_user PRIMARY KEY (organization_id, user_id);

ALTER TABLE ONLY public.identity_requests
    ADD CONSTRAINT identity_requests_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.identity_requests
    ADD CONSTRAINT identity_requests_unique_subject UNIQUE (organization_id, connection_id, issuer, subject);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.key_usage
    ADD CONSTRAINT key_usage_unique_key PRIMARY KEY (organization_id, key_id);

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_everywhere_unique_id UNIQUE (id);

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.member_invitations
    ADD CONSTRAINT member_invitations_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.onboarding
    ADD CONSTRAINT onboarding_unique_step PRIMARY KEY (organization_id, step);

ALTER TABLE ONLY public.organization_heads
    ADD CONSTRAINT organization_heads_unique_organization PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.organization_heads
    ADD CONSTRAINT organization_heads_unique_slug UNIQUE (slug);

ALTER TABLE ONLY public.organization_memberships
    ADD CONSTRAINT organization_memberships_unique_user PRIMARY KEY (organization_id, user_id);

ALTER TABLE ONLY public.organization_users
    ADD CONSTRAINT organization_users_unique_user PRIMARY KEY (organization_id, user_id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_unique_organization PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.overrides
    ADD CONSTRAINT overrides_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.passkey_ceremonies
    ADD CONSTRAINT passkey_ceremonies_unique_token_hash PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_unique_credential UNIQUE (credential_id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_unique_id PRIMARY KEY (id);

ALTER TABLE ONLY public.presence
    ADD CONSTRAINT presence_unique_user PRIMARY KEY (organization_id, user_id);

ALTER TABLE ONLY public.proven_domains
    ADD CONSTRAINT proven_domains_unique_name PRIMARY KEY (name);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_unique_code_hash PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY public.retired_slugs
    ADD CONSTRAINT retired_slugs_unique_slug PRIMARY KEY (slug);

ALTER TABLE ONLY public.reveals
    ADD CONSTRAINT reveals_unique_slip_hash PRIMARY KEY (organization_id, slip_hash);

ALTER TABLE ONLY public.robots
    ADD CONSTRAINT robots_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_unique_name UNIQUE (organization_id, name);

ALTER TABLE ONLY public.saved_queries
    ADD CONSTRAINT saved_queries_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.seen_tokens
    ADD CONSTRAINT seen_tokens_unique_token PRIMARY KEY (organization_id, connection_id, token);

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_unique_slug UNIQUE (organization_id, slug);

ALTER TABLE ONLY public.session_tokens
    ADD CONSTRAINT session_tokens_unique_session PRIMARY KEY (organization_id, session_id);

ALTER TABLE ONLY public.session_visits
    ADD CONSTRAINT session_visits_unique_session PRIMARY KEY (organization_id, session_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_unique_id PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_unique_token_hash UNIQUE (token_hash);

ALTER TABLE ONLY public.setup_links
    ADD CONSTRAINT setup_links_unique_token_hash PRIMARY KEY (organization_id, token_hash);

ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_unique_id PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_flows
    ADD CONSTRAINT sign_in_flows_unique_state_hash PRIMARY KEY (organization_id, state_hash);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_unique_token_hash PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.signal_stream_secrets
    ADD CONSTRAINT signal_stream_secrets_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.signal_stream_standings
    ADD CONSTRAINT signal_stream_standings_unique_stream PRIMARY KEY (organization_id, stream_id);

ALTER TABLE ONLY public.signal_streams
    ADD CONSTRAINT signal_streams_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.signals_seen
    ADD CONSTRAINT signals_seen_unique_name PRIMARY KEY (organization_id, stream_id, name);

ALTER TABLE ONLY public.summary_marks
    ADD CONSTRAINT summary_marks_unique_organization PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.tool_definitions
    ADD CONSTRAINT tool_definitions_unique_hash PRIMARY KEY (organization_id, hash);

ALTER TABLE ONLY public.tools
    ADD CONSTRAINT tools_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.tools
    ADD CONSTRAINT tools_unique_name UNIQUE (organization_id, server_id, name);

ALTER TABLE ONLY public.totp
    ADD CONSTRAINT totp_unique_user PRIMARY KEY (user_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_unique_id PRIMARY KEY (id);

ALTER TABLE ONLY public.workspace_memberships
    ADD CONSTRAINT workspace_memberships_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_unique_slug UNIQUE (organization_id, slug);

CREATE INDEX agent_days_by_day ON public.agent_days USING btree (organization_id, day, actor_id, allowed, denied);

CREATE INDEX agents_by_id ON public.agents USING btree (id);

CREATE INDEX agents_by_owner ON public.agents USING btree (organization_id, owner_id);

CREATE INDEX break_glass_by_user ON public.break_glass USING btree (user_id);

CREATE INDEX changes_edited ON public.changes USING btree (organization_id, revision, kind, target, at) WHERE (before IS NOT NULL);

CREATE INDEX changes_of_kind ON public.changes USING btree (organization_id, kind, revision, "position");

CREATE INDEX changes_of_target ON public.changes USING btree (organization_id, kind, target, revision, "position");

CREATE INDEX decisions_by_at ON public.decisions USING btree (organization_id, at, id, actor_kind, actor_id, owner_id, key_id);

CREATE INDEX decisions_by_run ON public.decisions USING btree (organization_id, run_id) WHERE (run_id IS NOT NULL);

CREATE INDEX decisions_of_management ON public.decisions USING btree (organization_id, at, id, action) WHERE (gateway_id IS NULL);

CREATE UNIQUE INDEX decisions_unique_sequence ON public.decisions USING btree (organization_id, node, epoch, sequence) WHERE (sequence > 0);

CREATE INDEX directory_group_mappings_by_group ON public.directory_group_mappings USING btree (organization_id, group_id);

CREATE INDEX directory_group_mappings_by_role ON public.directory_group_mappings USING btree (organization_id, role_id);

CREATE INDEX directory_group_members_by_user ON public.directory_group_members USING btree (organization_id, user_id);

CREATE INDEX drafts_by_at ON public.drafts USING btree (at);

CREATE INDEX grants_by_role ON public.grants USING btree (organization_id, role_id);

CREATE INDEX idempotency_by_at ON public.idempotency USING btree (at);

CREATE INDEX identities_by_user ON public.identities USING btree (organization_id, user_id);

CREATE INDEX identity_requests_by_user ON public.identity_requests USING btree (organization_id, user_id);

CREATE INDEX letters_by_due_at ON public.letters USING btree (due_at);

CREATE INDEX organization_memberships_by_user ON public.organization_memberships USING btree (user_id);

CREATE INDEX organization_users_by_user ON public.organization_users USING btree (user_id);

CREATE INDEX passkey_ceremonies_by_end ON public.passkey_ceremonies USING btree (ends_at);

CREATE INDEX passkeys_by_user ON public.passkeys USING btree (user_id);

CREATE INDEX proven_domains_by_domain ON public.proven_domains USING btree (organization_id, domain_id);

CREATE INDEX reveals_by_made_at ON public.reveals USING btree (made_at);

CREATE INDEX saved_queries_by_user ON public.saved_queries USING btree (organization_id, user_id);

CREATE INDEX seen_tokens_by_expires_at ON public.seen_tokens USING btree (expires_at);

CREATE INDEX session_tokens_by_asked_at ON public.session_tokens USING btree (asked_at);

CREATE INDEX session_tokens_by_session ON public.session_tokens USING btree (session_id);

CREATE INDEX session_visits_by_session ON public.session_visits USING btree (session_id);

CREATE INDEX sessions_by_connection ON public.sessions USING btree (connection_id, provider_session);

CREATE INDEX sessions_by_end ON public.sessions USING btree (ends_at);

CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id);

CREATE INDEX sign_in_attempts_by_account ON public.sign_in_attempts USING btree (account_hash, address, at);

CREATE INDEX sign_in_attempts_by_at ON public.sign_in_attempts USING btree (at);

CREATE INDEX sign_in_flows_by_expires_at ON public.sign_in_flows USING btree (expires_at);

CREATE INDEX sign_in_links_by_end ON public.sign_in_links USING btree (ends_at);

CREATE INDEX signals_seen_by_at ON public.signals_seen USING btree (at);

CREATE INDEX workspace_memberships_by_role ON public.workspace_memberships USING btree (organization_id, role_id);

CREATE INDEX workspace_memberships_by_workspace ON public.workspace_memberships USING btree (organization_id, workspace_id);

ALTER TABLE ONLY public.accepted_identities
    ADD CONSTRAINT accepted_identities_user FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_users(organization_id, user_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_user FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_owner FOREIGN KEY (owner_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_server FOREIGN KEY (organization_id, server_id) REFERENCES public.servers(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_workspace FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspaces(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.break_glass
    ADD CONSTRAINT break_glass_user FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_users(organization_id, user_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connection_secrets
    ADD CONSTRAINT connection_secrets_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_errors
    ADD CONSTRAINT directory_errors_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_group_mappings
    ADD CONSTRAINT directory_group_mappings_group FOREIGN KEY (organization_id, group_id) REFERENCES public.directory_groups(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_group_mappings
    ADD CONSTRAINT directory_group_mappings_role FOREIGN KEY (organization_id, role_id) REFERENCES public.roles(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_group_mappings
    ADD CONSTRAINT directory_group_mappings_workspace FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspaces(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_group_members
    ADD CONSTRAINT directory_group_members_group FOREIGN KEY (organization_id, group_id) REFERENCES public.directory_groups(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_group_members
    ADD CONSTRAINT directory_group_members_user FOREIGN KEY (organization_id, user_id) REFERENCES public.directory_users(organization_id, user_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_groups
    ADD CONSTRAINT directory_groups_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_syncs
    ADD CONSTRAINT directory_syncs_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_users
    ADD CONSTRAINT directory_users_membership FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_memberships(organization_id, user_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.domain_checks
    ADD CONSTRAINT domain_checks_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.gateways
    ADD CONSTRAINT gateways_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_role FOREIGN KEY (organization_id, role_id) REFERENCES public.roles(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_server FOREIGN KEY (organization_id, server_id) REFERENCES public.servers(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.identity_requests
    ADD CONSTRAINT identity_requests_user FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_users(organization_id, user_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_workspace FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspaces(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.member_invitations
    ADD CONSTRAINT member_invitations_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.organization_memberships
    ADD CONSTRAINT organization_memberships_user FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_users(organization_id, user_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.organization_users
    ADD CONSTRAINT organization_users_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.organization_users
    ADD CONSTRAINT organization_users_user FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.overrides
    ADD CONSTRAINT overrides_workspace FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspaces(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.robots
    ADD CONSTRAINT robots_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.seen_tokens
    ADD CONSTRAINT seen_tokens_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.session_visits
    ADD CONSTRAINT session_visits_session FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.setup_links
    ADD CONSTRAINT setup_links_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sign_in_flows
    ADD CONSTRAINT sign_in_flows_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_user FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.signal_streams
    ADD CONSTRAINT signal_streams_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tools
    ADD CONSTRAINT tools_server FOREIGN KEY (organization_id, server_id) REFERENCES public.servers(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.totp
    ADD CONSTRAINT totp_user FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspace_memberships
    ADD CONSTRAINT workspace_memberships_robot FOREIGN KEY (organization_id, robot_id) REFERENCES public.robots(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspace_memberships
    ADD CONSTRAINT workspace_memberships_role FOREIGN KEY (organization_id, role_id) REFERENCES public.roles(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspace_memberships
    ADD CONSTRAINT workspace_memberships_user FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_users(organization_id, user_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspace_memberships
    ADD CONSTRAINT workspace_memberships_workspace FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspaces(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.accepted_identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.agent_days ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.agents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attachments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.break_glass ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_homes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connections ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.data_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.decision_hours ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.decisions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.directory_errors ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.directory_group_mappings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.directory_group_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.directory_groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.directory_syncs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.directory_users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.domain_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.domains ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.exports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.gateway_usage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.gateways ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grants ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identity_requests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identity_requests_told ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.key_usage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.letters ENABLE ROW LEVEL SECURITY;

CREATE POLICY mailing ON public.letters USING ((( SELECT current_setting('app.mailing'::text, true) AS current_setting) = 'on'::text));

ALTER TABLE public.member_invitations ENABLE ROW LEVEL SECURITY;

CREATE POLICY named ON public.agents FOR SELECT USING ((id = ( SELECT (NULLIF(current_setting('app.agent'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY named ON public.keys FOR SELECT USING ((id = ( SELECT NULLIF(current_setting('app.key'::text, true), ''::text) AS "nullif")));

ALTER TABLE public.onboarding ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organization_heads ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organization_memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organization_users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.overrides ENABLE ROW LEVEL SECURITY;

CREATE POLICY person ON public.break_glass FOR SELECT USING ((user_id = ( SELECT (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY person ON public.organization_memberships FOR SELECT USING ((user_id = ( SELECT (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY person ON public.organization_users FOR SELECT USING ((user_id = ( SELECT (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY person ON public.organizations FOR SELECT USING ((EXISTS ( SELECT
   FROM public.organization_memberships m
  WHERE ((m.organization_id = organizations.organization_id) AND (m.user_id = ( SELECT (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid AS "nullif"))))));

CREATE POLICY person ON public.users USING ((id = ( SELECT (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY polling ON public.signal_stream_standings FOR SELECT USING ((( SELECT current_setting('app.polling'::text, true) AS current_setting) = 'on'::text));

CREATE POLICY polling ON public.signal_streams FOR SELECT USING ((( SELECT current_setting('app.polling'::text, true) AS current_setting) = 'on'::text));

ALTER TABLE public.presence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.proven_domains ENABLE ROW LEVEL SECURITY;

CREATE POLICY recording ON public.decisions USING ((organization_id = ANY (( SELECT (NULLIF(current_setting('app.recording'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])));

CREATE POLICY refreshing ON public.session_tokens FOR SELECT USING ((( SELECT current_setting('app.refreshing'::text, true) AS current_setting) = 'on'::text));

ALTER TABLE public.reveals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.robots ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.roles ENABLE ROW LEVEL SECURITY;

CREATE POLICY routing ON public.connection_homes FOR SELECT USING (true);

CREATE POLICY routing ON public.organization_heads FOR SELECT USING (true);

CREATE POLICY routing ON public.proven_domains FOR SELECT USING (true);

ALTER TABLE public.saved_queries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.seen_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.servers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.session_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.session_visits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.setup_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_flows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signal_stream_secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signal_stream_standings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signal_streams ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signals_seen ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.summary_marks ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON public.accepted_identities USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.agent_days USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.agents USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.attachments USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.break_glass USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.changes USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.connection_homes USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.connection_secrets USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.connections USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.data_keys USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.decision_hours USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.decisions USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.directory_errors USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.directory_group_mappings USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.directory_group_members USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.directory_groups USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.directory_syncs USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.directory_users USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.domain_checks USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.domains USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.drafts USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.exports USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.gateway_usage USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.gateways USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.grants USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.idempotency USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.identities USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.identity_requests USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.identity_requests_told USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.invitations USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.key_usage USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.keys USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.letters USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.member_invitations USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.onboarding USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.organization_heads USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.organization_memberships USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.organization_users USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.organizations USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.overrides USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.presence USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.proven_domains USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.reveals USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.robots USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.roles USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.saved_queries USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.seen_tokens USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.servers USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.session_tokens USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.session_visits USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.setup_links USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.sign_in_flows USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.signal_stream_secrets USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.signal_stream_standings USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.signal_streams USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.signals_seen USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.summary_marks USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.tool_definitions USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.tools USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.workspace_memberships USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY tenant ON public.workspaces USING ((organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.tool_definitions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tools ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workspace_memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workspaces ENABLE ROW LEVEL SECURITY;
