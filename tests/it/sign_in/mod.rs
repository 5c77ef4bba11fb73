//! Signing in on this installation itself, as browsers and those who attack them meet it: S7 and S8 of security.md, and
//! the advisories at its end.

mod breaches;
mod cookies;
mod cross_site;
mod doors;
mod ends;
mod first_start;
mod fixation;
mod headers;
mod limits;
mod links;
mod next;
mod passkeys;
mod passwords;
mod person;
mod recovery;
mod sessions;
mod source;

use std::process::Command;

use testkit::process::run;
use tokio::sync::OnceCell;

use crate::world::Own;

pub(crate) use person::{Person, Secrets, code_of};

/// A program that the tests of this folder share, which believes its neighbour on loopback when it says where a request
/// comes from: so people of a test come from addresses of their own.
async fn program() -> &'static Own {
    static SHARED: OnceCell<Own> = OnceCell::const_new();
    SHARED.get_or_init(|| Own::start_with(&[("ANSWERABLE_SERVER__TRUSTED_PROXIES", "127.0.0.1/32")])).await
}

/// Carries out a statement on a program's database behind its back: what makes the time go by for one person alone.
const REWRITE: &str = "
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=30)
changed = database.execute(sys.argv[2]).rowcount
database.commit()
print(changed)
";

/// Changes rows of a program's database behind its back; there have to be some.
pub(crate) fn rewrite(own: &Own, statement: &str) {
    let file = own.data.path().join("answerable.sqlite");
    let changed = run(Command::new("python3").args(["-c", REWRITE]).arg(file).arg(statement));
    assert_ne!(changed.trim(), "0", "{statement}");
}

/// The condition for the rows of a person.
fn of(user: &str) -> String {
    format!("user_id = x'{}'", user.replace('-', ""))
}
