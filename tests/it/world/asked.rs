//! What takes another organization's provider to bring about, written past the program where no provider is.

use std::process::Command;

use testkit::postgres::Postgres;
use testkit::process::run;

use super::{World, unique};

const SQLITE: &str = "
import sqlite3, sys, uuid
file, slug, user, id = sys.argv[1:]
database = sqlite3.connect(file, timeout=30)
find = 'select organization_id from organization_heads where slug = ?'
organization = database.execute(find, (slug,)).fetchone()[0]
database.execute('''insert into identity_requests (organization_id, id, user_id, connection_id, issuer, subject, voucher,
    asked_at) values (?, ?, ?, ?, 'https://login.contoso.example', ?, ?, 1762084800000000)''',
    (organization, uuid.UUID(id).bytes, uuid.UUID(user).bytes, uuid.uuid4().bytes, 'someone@contoso.example', bytes(32)))
database.commit()
";

/// A member asks to come in by an account of another organization's provider: the id of it.
pub(crate) fn asked(world: &World, user: &str) -> String {
    let number: u64 = unique("").trim_start_matches('-').parse().expect("a number");
    let id = format!("01900000-0000-7000-8000-{number:012}");
    if let Some(file) = world.database.strip_prefix("sqlite://") {
        let file = file.split('?').next().unwrap_or(file);
        run(Command::new("python3").args(["-c", SQLITE, file, &world.organization, user, &id]));
    } else {
        let database = world.database.rsplit('/').next().expect("a name");
        let statement = format!(
            "insert into identity_requests (organization_id, id, user_id, connection_id, issuer, subject, voucher, \
                 asked_at) select organization_id, '{id}', '{user}', gen_random_uuid(), 'https://login.contoso.example', \
                 'someone@contoso.example', decode(repeat('00', 32), 'hex'), 1762084800000000 \
                 from organization_heads where slug = '{}'",
            world.organization
        );
        Postgres::shared().sql(database, &statement);
    }
    id
}
