//! Row-level security on PostgreSQL: put on after every migration, so that no table of a tenant is ever without it.
//!
//! A transaction says whose rows it is about with `set_config('app.…', …, true)`. A table that has an
//! `organization_id` shows and takes the rows of `app.organization` alone, from its owner too. What leads to an
//! organization before one is known is named here, each with its reason; there is nothing else.
//!
//! `set_config(…, true)` leaves an empty text on the connection after the commit, and not null: hence `nullif`. The
//! sub-select makes it a value that is worked out once for a statement, not once for a row.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};

/// Further sights: table, name of the policy, what for, which rows.
const SIGHTS: &[(&str, &str, &str, &str)] = &[
    // Nodes follow the revisions of all organizations they hold, and a slug in a URL leads to an organization. The
    // table has nothing else.
    ("organization_heads", "routing", "select", "true"),
    // A sign-in begins with a domain or a connection, and leads to the organization that has proven or made it. The
    // tables have nothing else.
    ("proven_domains", "routing", "select", "true"),
    ("connection_homes", "routing", "select", "true"),
    // A key or an agent that is presented tells its own id; what is wanted is its organization.
    ("keys", "named", "select", "id = (select nullif(current_setting('app.key', true), ''))"),
    ("agents", "named", "select", "id = (select nullif(current_setting('app.agent', true), '')::uuid)"),
    // A person may be in several organizations: they choose one, and no organization renames them for the others.
    ("organization_users", "person", "select", PERSON),
    ("organization_memberships", "person", "select", PERSON),
    // Who comes in past an organization's own provider is asked before an organization is chosen.
    ("break_glass", "person", "select", PERSON),
    (
        "organizations",
        "person",
        "select",
        "exists (select from organization_memberships m where m.organization_id = organizations.organization_id \
         and m.user_id = (select nullif(current_setting('app.person', true), '')::uuid))",
    ),
    // One commit of the recorder has the decisions of several organizations, and each of them is named.
    (
        "decisions",
        "recording",
        "all",
        "organization_id = any ((select nullif(current_setting('app.recording', true), '')::uuid[])::uuid[])",
    ),
    // One mailer sends the letters of all organizations; what they say is sealed for each.
    ("letters", "mailing", "all", "(select current_setting('app.mailing', true)) = 'on'"),
    // One poller asks the transmitters of all organizations; what it is given is sealed for each.
    ("signal_streams", "polling", "select", "(select current_setting('app.polling', true)) = 'on'"),
    ("signal_stream_standings", "polling", "select", "(select current_setting('app.polling', true)) = 'on'"),
    // One refresher asks the providers of all organizations about the sessions they began; what it asks with is sealed for
    // each.
    ("session_tokens", "refreshing", "select", "(select current_setting('app.refreshing', true)) = 'on'"),
    // No organization's table, but names and addresses of people: each is seen by who names the person.
    ("users", "person", "all", "id = (select nullif(current_setting('app.person', true), '')::uuid)"),
];

const PERSON: &str = "user_id = (select nullif(current_setting('app.person', true), '')::uuid)";

/// Every table with an `organization_id`, and `users`: closed, to its owner too, but for its own organization.
const CLOSE: &str = "
do $$
declare
    tenant record;
begin
    for tenant in
        select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as closed,
            exists (select from pg_attribute a
                where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped) as scoped,
            exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant') as ruled
        from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
    loop
        continue when not (tenant.scoped or tenant.name = 'users');
        if not tenant.closed then
            execute format('alter table %I enable row level security', tenant.name);
            execute format('alter table %I force row level security', tenant.name);
        end if;
        if tenant.scoped and not tenant.ruled then
            execute format('create policy tenant on %I using '
                '(organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
                tenant.name);
        end if;
    end loop;
end
$$";

/// Takes every row of an organization whose time to be gone has come: it decides that by itself. It runs with the rights
/// of the tables' owner, because the role that serves may not remove evidence; row-level security binds it all the
/// same.
const PURGE: &str = "
create or replace function purge_organization(gone uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
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
$$";

/// Puts row-level security on every table that lacks it. Safe to repeat. For PostgreSQL alone.
pub async fn secure(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    connection.execute_unprepared(CLOSE).await?;
    for (table, policy, command, rows) in SIGHTS {
        let statement = format!(
            "do $$ begin
                if to_regclass('{table}') is not null and not exists (select from pg_policy
                    where polrelid = to_regclass('{table}') and polname = '{policy}') then
                    create policy {policy} on {table} for {command} using ({rows});
                end if;
            end $$"
        );
        connection.execute_unprepared(&statement).await?;
    }
    connection.execute_unprepared(PURGE).await?;
    Ok(())
}
