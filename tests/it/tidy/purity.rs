//! Where the world comes in: the environment, the clock and chance, by the words of the source.

use super::tree::{File, Findings, files};

/// Words that reach for the world: what, where they may stand, why nowhere else.
const REACHING: &[(&[&str], &[&str], &str)] = &[
    (
        &["env::var", "env::vars", "env::set_var"],
        &["crates/settings", "crates/answerable", "crates/testkit", "xtask"],
        "only `settings` and the program read the environment",
    ),
    (
        &["SystemTime::now", "Utc::now", "Local::now"],
        &["crates/answerable", "crates/testkit", "xtask"],
        "time is passed in",
    ),
    (
        &["getrandom::", "rand::", "Uuid::new_v4", "Uuid::now_v7"],
        &["crates/answerable", "crates/testkit", "xtask"],
        "chance is passed in",
    ),
    (
        &["DbBackend", "Backend::Sqlite", "Backend::Postgres"],
        &["crates/store", "migrations"],
        "which database it is, only `store` and `migrations` know",
    ),
];

fn code(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn the_world_comes_in_by_its_doors() {
    let mut findings = Findings::default();
    let files = files();
    // A build script is told by cargo, through the environment, where to write.
    for file in files.iter().filter(|file| file.is_production() && !file.path.ends_with("/build.rs")) {
        for (words, doors, why) in REACHING.iter().filter(|(_, doors, _)| !doors.contains(&file.package())) {
            let reaches = |line: &str| words.iter().find(|word| is_said(line, word)).copied();
            for (number, word) in code(file).filter_map(|(number, line)| Some((number, reaches(line)?))) {
                findings.at(
                    &file.path,
                    number,
                    format!("`{word}`: {why}; it may stand in {}", doors.join(", ")),
                );
            }
        }
    }
    findings.none("The environment, the clock and chance come in where they are wired, and are passed on.");
}

/// Whether a line says a path, and not one that ends alike.
fn is_said(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}
