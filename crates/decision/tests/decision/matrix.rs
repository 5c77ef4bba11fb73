//! The committed access matrix: every cell is an answer of the engine.
//!
//! `UPDATE_MATRIX=1 cargo test -p decision matrix` writes it anew; the difference is what a reviewer reads.

mod calls;
mod leaks;
mod management;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use decision::Reason;

const HEAD: &str = "\
# Who may do what

This page is made by the program that decides, and a test keeps it true.
Nobody writes it by hand: `UPDATE_MATRIX=1 cargo test -p decision matrix` asks the engine for every cell and writes the page anew.
If a rule changes, this page changes with it, and the difference is what to review.

## How to read it

- ✓ means yes. ✗ means no, and the word after it is the reason that is recorded.
- The reasons are explained at the end of the page.
- The first part is about managing: who may create, change, end or see something.
- The second part is about calls: what a gateway is told when a person, an agent or a robot calls a tool.
";

/// One answer, as a cell shows it.
fn cell(reason: Reason) -> String {
    if reason == Reason::Granted { "✓".into() } else { format!("✗ {}", reason.code()) }
}

/// One row of a table.
fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// The head of a table.
fn heading(titles: &[&str]) -> String {
    let titles: Vec<String> = titles.iter().map(ToString::to_string).collect();
    row(&titles) + &row(&vec!["---".to_owned(); titles.len()])
}

fn page() -> String {
    let mut page = format!("{HEAD}\n{}{}\n{}", management::part(), leaks::part(), calls::part());
    let used: BTreeSet<Reason> = Reason::ALL
        .iter()
        .copied()
        .filter(|r| *r != Reason::Granted && page.contains(&format!(" {}", r.code())))
        .collect();
    page.push_str("\n## The reasons\n\n| reason | what it means |\n| --- | --- |\n");
    for reason in used {
        writeln!(page, "| {} | {} |", reason.code(), reason.say()).unwrap();
    }
    page
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may be told to write the page instead of comparing it")]
fn the_committed_matrix_is_what_the_engine_answers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access-matrix.md");
    let page = page();
    if std::env::var("UPDATE_MATRIX").is_ok_and(|value| value == "1") {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differing = committed.lines().zip(page.lines()).find(|(was, is)| was != is);
    assert!(
        committed == page,
        "docs/access-matrix.md is not what the engine answers; first difference: {differing:#?}\n\
         look at the change, then run UPDATE_MATRIX=1 cargo test -p decision matrix"
    );
}
