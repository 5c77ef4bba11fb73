//! The two roles of PostgreSQL: the owner of the tables, which migrates, and the one that the program serves as, which
//! cannot get around row-level security.

use sea_orm::{ConnectionTrait, Statement};

use crate::{Backend, Store, StoreError};

/// Names as PostgreSQL takes them without quotes, so that none of them can be anything else than a name.
const ROLE_LIMIT: usize = 63;

const ROLE: &str = "select current_user::text as name, rolsuper or rolbypassrls as bypasses, \
    coalesce((select pg_has_role(current_user, relowner, 'member') from pg_class \
        where oid = to_regclass('organization_heads')), false) as owns \
    from pg_roles where rolname = current_user";

const OPEN: &str = "select c.relname::text as name from pg_class c \
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped \
    where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace \
        and not (c.relrowsecurity and c.relforcerowsecurity) order by 1";

/// Rights of the role that serves. Evidence is append-only for it, and the list of migrations is none of its business.
const GRANTS: &str = "
    grant usage on schema public to {role};
    grant select, insert, update, delete on all tables in schema public to {role};
    revoke update, delete on decisions, changes from {role};
    revoke insert, update, delete on seaql_migrations from {role};
";

impl Store {
    /// What would let one organization see another's rows in spite of the database: each with what mends it. Empty
    /// where nothing would, and on SQLite, where nothing but the finders guards.
    pub async fn isolation_gaps(&self) -> Result<Vec<String>, StoreError> {
        if self.backend() == Backend::Sqlite {
            return Ok(Vec::new());
        }
        let mut gaps = Vec::new();
        if let Some(role) = self.routing().query_one_raw(plain(ROLE)).await? {
            let name: String = role.try_get("", "name")?;
            if role.try_get("", "bypasses")? {
                gaps.push(format!(
                    "the role `{name}` gets around row-level security; serve as one that is `nosuperuser nobypassrls`"
                ));
            } else if role.try_get("", "owns")? {
                gaps.push(format!(
                    "the role `{name}` owns the tables; serve as another, which `answerable migrate up --app-role \
                     <name>` makes and gives its rights"
                ));
            }
        }
        for table in self.routing().query_all_raw(plain(OPEN)).await? {
            let name: String = table.try_get("", "name")?;
            gaps.push(format!(
                "the table `{name}` is not closed by row-level security; run `answerable migrate up`"
            ));
        }
        Ok(gaps)
    }

    /// Gives a role the rights that serving needs, and makes it where it is missing: then true, and it can log in, but
    /// has no password yet. To be asked by the owner of the tables.
    pub async fn grant_to(&self, role: &str) -> Result<bool, StoreError> {
        if !is_name(role) {
            return Err(StoreError::InvalidUrl(format!("`{role}` as a role: a-z, 0-9 and _ only")));
        }
        let there = Statement::from_sql_and_values(
            self.write().get_database_backend(),
            "select 1 as one from pg_roles where rolname = $1",
            [role.into()],
        );
        let is_new = self.write().query_one_raw(there).await?.is_none();
        if is_new {
            let make = format!("create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole");
            self.write().execute_unprepared(&make).await?;
        }
        self.write().execute_unprepared(&GRANTS.replace("{role}", role)).await?;
        Ok(is_new)
    }
}

fn plain(statement: &str) -> Statement {
    Statement::from_string(sea_orm::DbBackend::Postgres, statement)
}

fn is_name(role: &str) -> bool {
    let first = role.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let all = role.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    first && all && role.len() <= ROLE_LIMIT
}
