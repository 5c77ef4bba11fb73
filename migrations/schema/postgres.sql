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

CREATE TABLE public.attachments (
    organization_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    server_id uuid NOT NULL
);

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

CREATE TABLE public.gateway_usage (
    organization_id uuid NOT NULL,
    gateway_id uuid NOT NULL,
    last_seen_at bigint NOT NULL,
    allowed bigint NOT NULL,
    denied bigint NOT NULL
);

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

CREATE TABLE public.grants (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    role_id uuid NOT NULL,
    server_id uuid NOT NULL,
    tools text NOT NULL,
    constraints text NOT NULL
);

CREATE TABLE public.idempotency (
    organization_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    request_digest bytea NOT NULL,
    status integer NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE public.invitations (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    agent_organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    invited_by uuid NOT NULL,
    state text NOT NULL,
    state_detail text
);

CREATE TABLE public.key_usage (
    organization_id uuid NOT NULL,
    key_id text NOT NULL,
    last_used_at bigint NOT NULL,
    last_address text,
    last_gateway_id uuid,
    allowed bigint NOT NULL,
    denied bigint NOT NULL
);

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

CREATE TABLE public.organization_users (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    email text
);

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

CREATE TABLE public.organization_heads (
    organization_id uuid NOT NULL,
    slug text NOT NULL,
    revision bigint NOT NULL
);

CREATE TABLE public.organization_memberships (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    state_detail text
);

CREATE TABLE public.organizations (
    organization_id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    state_detail text,
    stop text NOT NULL,
    stop_detail text
);

CREATE TABLE public.overrides (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    agent_organization_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    blocked boolean NOT NULL,
    denied text NOT NULL
);

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

CREATE TABLE public.roles (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL
);

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

CREATE TABLE public.tool_definitions (
    organization_id uuid NOT NULL,
    hash bytea NOT NULL,
    definition text NOT NULL
);

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

CREATE TABLE public.users (
    id uuid NOT NULL,
    name text NOT NULL,
    email text
);

CREATE TABLE public.workspace_memberships (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    user_id uuid,
    robot_id uuid,
    role_id uuid NOT NULL,
    CONSTRAINT workspace_memberships_one_member CHECK (((user_id IS NULL) <> (robot_id IS NULL)))
);

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

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_unique_server PRIMARY KEY (organization_id, workspace_id, server_id);

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_unique_position PRIMARY KEY (organization_id, revision, "position");

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.gateway_usage
    ADD CONSTRAINT gateway_usage_unique_gateway PRIMARY KEY (organization_id, gateway_id);

ALTER TABLE ONLY public.gateways
    ADD CONSTRAINT gateways_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_unique_idempotency_key PRIMARY KEY (organization_id, idempotency_key);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.key_usage
    ADD CONSTRAINT key_usage_unique_key PRIMARY KEY (organization_id, key_id);

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_everywhere_unique_id UNIQUE (id);

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_unique_id PRIMARY KEY (organization_id, id);

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

ALTER TABLE ONLY public.robots
    ADD CONSTRAINT robots_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_unique_name UNIQUE (organization_id, name);

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_unique_slug UNIQUE (organization_id, slug);

ALTER TABLE ONLY public.tool_definitions
    ADD CONSTRAINT tool_definitions_unique_hash PRIMARY KEY (organization_id, hash);

ALTER TABLE ONLY public.tools
    ADD CONSTRAINT tools_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.tools
    ADD CONSTRAINT tools_unique_name UNIQUE (organization_id, server_id, name);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_unique_id PRIMARY KEY (id);

ALTER TABLE ONLY public.workspace_memberships
    ADD CONSTRAINT workspace_memberships_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_unique_id PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_unique_slug UNIQUE (organization_id, slug);

CREATE INDEX agents_by_id ON public.agents USING btree (id);

CREATE INDEX agents_by_owner ON public.agents USING btree (organization_id, owner_id);

CREATE INDEX changes_by_target ON public.changes USING btree (organization_id, kind, target, revision);

CREATE INDEX decisions_by_at ON public.decisions USING btree (organization_id, at, id, actor_kind, actor_id, owner_id, key_id);

CREATE INDEX decisions_by_run ON public.decisions USING btree (organization_id, run_id) WHERE (run_id IS NOT NULL);

CREATE UNIQUE INDEX decisions_unique_sequence ON public.decisions USING btree (organization_id, node, epoch, sequence) WHERE (sequence > 0);

CREATE INDEX grants_by_role ON public.grants USING btree (organization_id, role_id);

CREATE INDEX idempotency_by_at ON public.idempotency USING btree (at);

CREATE INDEX organization_users_by_user ON public.organization_users USING btree (user_id);

CREATE INDEX workspace_memberships_by_role ON public.workspace_memberships USING btree (organization_id, role_id);

CREATE INDEX workspace_memberships_by_workspace ON public.workspace_memberships USING btree (organization_id, workspace_id);

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_owner FOREIGN KEY (owner_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_server FOREIGN KEY (organization_id, server_id) REFERENCES public.servers(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_workspace FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspaces(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.gateways
    ADD CONSTRAINT gateways_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_role FOREIGN KEY (organization_id, role_id) REFERENCES public.roles(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_server FOREIGN KEY (organization_id, server_id) REFERENCES public.servers(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_workspace FOREIGN KEY (organization_id, workspace_id) REFERENCES public.workspaces(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

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

ALTER TABLE ONLY public.robots
    ADD CONSTRAINT robots_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_head FOREIGN KEY (organization_id) REFERENCES public.organization_heads(organization_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tools
    ADD CONSTRAINT tools_server FOREIGN KEY (organization_id, server_id) REFERENCES public.servers(organization_id, id) DEFERRABLE INITIALLY DEFERRED;

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
