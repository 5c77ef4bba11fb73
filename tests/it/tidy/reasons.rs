//! The table of reasons in the documents, written from the program's own.

use std::{env, fs};

use decision::Reason;
use testkit::paths::repository;

use super::tree::file;

const DOCUMENT: &str = "docs/REASONS.md";

/// The document with its table written anew; what stands before the table stays.
fn written(present: &str) -> String {
    let before = present.split("\n| reason |").next().unwrap_or_default().trim_end();
    let rows: Vec<_> =
        Reason::ALL.iter().map(|reason| format!("| `{}` | {} |\n", reason.code(), reason.say())).collect();
    format!("{before}\n\n| reason | what it means, and what to do |\n| --- | --- |\n{}", rows.concat())
}

#[test]
fn every_reason_is_explained() {
    let present = file(DOCUMENT).text;
    let wanted = written(&present);
    if env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1") {
        fs::write(repository(DOCUMENT), &wanted).expect("the document can be written");
        return;
    }
    let differs = (1..).zip(present.lines().zip(wanted.lines())).find(|(_, (is, should))| is != should);
    let at = differs.map_or(present.lines().count(), |(number, _)| number);
    assert!(present == wanted, "{DOCUMENT}:{at}: not as the program has it; `UPDATE_DOCS=1` writes it anew");
}
