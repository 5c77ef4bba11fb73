//! Every row of an organization, in every table that has its id, read past the program.

use std::collections::BTreeMap;
use std::process::Command;

use testkit::postgres::Postgres;
use testkit::process::run;

use crate::world::World;

/// What the program writes by itself, a while after something happened, whoever asks: uses of keys, sights of gateways,
/// and the counts that pictures are drawn from.
const BY_ITSELF: [&str; 5] = ["agent_days", "decision_hours", "gateway_usage", "key_usage", "summary_marks"];

/// There are more tables of tenants than this, or the reader has lost its way to them.
const AT_LEAST: usize = 35;

const SQLITE: &str = "
import sqlite3, sys
database = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True, timeout=30)
one = lambda statement, *values: database.execute(statement, values).fetchall()
organization = one('select organization_id from organization_heads where slug = ?', sys.argv[2])[0][0]
tables = one('''select m.name from sqlite_schema m where m.type = 'table'
    and exists (select 1 from pragma_table_info(m.name) c where c.name = 'organization_id') order by m.name''')
for (table,) in tables:
    print(table)
    for row in sorted(map(repr, one(f'select * from \"{table}\" where organization_id = ?', organization))):
        print(f'{table} {row}')
";

const TABLES: &str = "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid \
    where a.attname = 'organization_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1";

/// The rows by their tables; a table without any is there as well.
pub(super) fn of(world: &World) -> BTreeMap<String, Vec<String>> {
    let lines = match world.database.strip_prefix("sqlite://") {
        Some(file) => {
            let file = file.split('?').next().unwrap_or(file);
            run(Command::new("python3").args(["-c", SQLITE, file, world.organization.as_str()]))
        }
        None => postgres(world),
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let (table, row) = line.split_once(' ').unwrap_or((line, ""));
        let rows = tables.entry(table.to_owned()).or_default();
        rows.extend(Some(row.to_owned()).filter(|row| !row.is_empty()));
    }
    assert!(tables.len() > AT_LEAST, "{:?}", tables.keys());
    assert!(tables["agents"].len() + tables["signal_streams"].len() > 1, "nothing was found of {world:?}");
    tables.retain(|table, _| !BY_ITSELF.contains(&table.as_str()));
    tables
}

fn postgres(world: &World) -> String {
    let server = Postgres::shared();
    let database = world.database.rsplit('/').next().expect("a name");
    let head =
        format!("select organization_id from organization_heads where slug = '{}'", world.organization);
    let tables = server.sql(database, TABLES);
    let rows = tables.lines().map(|table| {
        format!(
            "(select '{table}') union all (select '{table} ' || to_jsonb(t)::text from \"{table}\" t \
             where organization_id = ({head}) order by 1)"
        )
    });
    server.sql(database, &rows.collect::<Vec<_>>().join(" union all "))
}
