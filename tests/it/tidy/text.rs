//! What no file may say, and how lines end.

use super::tree::{File, Findings, files};

/// Words of unfinished work. In pieces, so that this file does not say them itself.
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Macros of unfinished work.
const UNWRITTEN: &[&str] = &[concat!("to", "do!("), concat!("un", "implemented!(")];
/// Folders of one machine.
const MACHINE: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

/// Files that programs write.
fn is_written_by_hand(file: &File) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    !matches!(name, "Cargo.lock" | "package-lock.json") && !name.contains("snap")
}

fn is_word(line: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(joins) && !line[at + word.len()..].starts_with(joins))
}

fn check(rule: &str, wrong: impl Fn(&File, &str) -> Option<String>) {
    let mut findings = Findings::default();
    for file in files().iter().filter(|file| is_written_by_hand(file)) {
        for (number, line) in file.lines() {
            if let Some(what) = wrong(file, line) {
                findings.at(&file.path, number, what);
            }
        }
    }
    findings.none(rule);
}

#[test]
fn nothing_is_left_for_later() {
    check("What is not done is an issue, not a comment.", |file, line| {
        let word = UNFINISHED.iter().find(|word| is_word(line, word));
        // An example that must not compile may leave out how a value is made.
        let is_code = file.is_rust() && !line.trim_start().starts_with("//");
        let unwritten = || UNWRITTEN.iter().find(|name| is_code && line.contains(**name));
        word.or_else(unwritten).map(|word| format!("`{word}`"))
    });
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    check("A path of one machine means nothing on another.", |_, line| {
        let path = MACHINE.iter().find(|path| {
            line.match_indices(**path).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric()))
        });
        path.map(|path| format!("`{path}`"))
    });
}

#[test]
fn lines_end_where_their_text_ends() {
    check("No white space at the end of a line.", |_, line| {
        line.ends_with([' ', '\t', '\r']).then(|| "white space at the end".to_owned())
    });
    let mut findings = Findings::default();
    for file in files().iter().filter(|file| is_written_by_hand(file)) {
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            findings.at(&file.path, file.text.lines().count(), "the last line is not ended");
        }
    }
    findings.none("The last line of a file ends like the others.");
}
