//! That the documents speak of what is there, and of all of it.

use std::collections::BTreeSet;
use std::path::Path;

use testkit::paths::repository;

use super::tree::{File, Findings, file, files};

/// The quoted words of a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

#[test]
fn links_lead_somewhere() {
    let mut findings = Findings::default();
    for file in files().iter().filter(|file| file.is_named("md")) {
        for (number, line) in file.lines() {
            for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let path = target.split('#').next().unwrap_or_default();
                let outside = target.contains("://") || target.starts_with("mailto:");
                let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
                if !outside && !path.is_empty() && !repository("").join(folder).join(path).exists() {
                    findings.at(&file.path, number, format!("`{target}` leads nowhere"));
                }
            }
        }
    }
    findings.none("A relative link leads to a file of the repository.");
}

#[test]
fn the_map_shows_every_crate() {
    let map = file("ARCHITECTURE.md");
    let mut findings = Findings::default();
    for manifest in files().iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let name = manifest.package().rsplit('/').next().unwrap_or_default();
        let row = format!("| `{name}` |");
        if !map.lines().any(|(_, line)| line.starts_with(&row)) {
            findings.at(&map.path, 1, format!("the map does not show `{name}`"));
        }
    }
    findings.none("Every crate has its line on the map.");
}

/// Fails for every name of `source` that the document does not have in backticks.
fn check_named(document: &str, source: &str, names: impl IntoIterator<Item = (usize, String)>) {
    let document = file(document);
    let names: Vec<_> = names.into_iter().collect();
    assert!(!names.is_empty(), "{source}:1: no names were found there");
    let mut findings = Findings::default();
    for (line, name) in names {
        if !document.text.contains(&format!("`{name}`")) {
            findings.at(source, line, format!("{} does not explain `{name}`", document.path));
        }
    }
    findings.none("What can be met outside is explained.");
}

#[test]
fn every_setting_is_explained() {
    let source = "crates/settings/src/fields.rs";
    let table = file(source);
    let rows =
        table.lines().filter(|(_, line)| line.trim_start().starts_with("(\"") && line.ends_with("]),"));
    let variables = rows.flat_map(|(number, line)| {
        let mut words = quoted(line);
        let section = words.next().unwrap_or_default().to_uppercase();
        words
            .map(move |field| (number, format!("ANSWERABLE_{section}__{}", field.to_uppercase())))
            .collect::<Vec<_>>()
    });
    check_named("docs/OPERATIONS.md", source, variables.collect::<Vec<_>>());
}

#[test]
fn every_problem_is_explained() {
    let source = "crates/web/src/problem/code.rs";
    let table = file(source);
    let rows = table
        .lines()
        .filter(|(_, line)| line.starts_with("    ") && line.contains(" = ") && line.ends_with("\";"));
    check_named(
        "docs/API.md",
        source,
        rows.filter_map(|(number, line)| Some((number, quoted(line).next()?.to_owned()))),
    );
}

/// The names of metrics: what is said in quotes and begins with the program's name.
fn metrics(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let is_metric = |word: &&str| {
        let known = word.strip_prefix("answerable_").is_some_and(|rest| !rest.is_empty());
        known && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    file.lines()
        .flat_map(move |(number, line)| quoted(line).filter(is_metric).map(move |word| (number, word)))
}

#[test]
fn every_metric_is_explained_and_there() {
    let files = files();
    let document = file("docs/OPERATIONS.md");
    let mut there = BTreeSet::new();
    let mut findings = Findings::default();
    for source in files.iter().filter(|file| file.is_production() && !file.path.starts_with("crates/testkit"))
    {
        for (line, name) in metrics(source) {
            there.insert(name);
            if !document.text.contains(&format!("`{name}`")) {
                findings.at(&source.path, line, format!("{} does not explain `{name}`", document.path));
            }
        }
    }
    for (number, line) in document.lines() {
        for name in line.split('`').skip(1).step_by(2).filter(|word| word.starts_with("answerable_")) {
            if !there.contains(name) {
                findings.at(&document.path, number, format!("there is no metric `{name}`"));
            }
        }
    }
    findings.none("The operations page explains exactly the metrics that there are.");
}

/// The addresses that a document names, with every parameter alike: `POST /v1/orgs/{org}/keys` is `/v1/orgs/{}/keys`.
fn addresses(line: &str) -> impl Iterator<Item = String> {
    let named = line.split('`').skip(1).step_by(2).filter_map(|word| word.split(' ').next_back());
    let rooted = ["/v1/", "/access/", "/.well-known/", "/healthz", "/readyz", "/openapi.json"];
    let ours =
        named.filter(move |word| rooted.iter().any(|root| word.starts_with(root)) && !word.contains('…'));
    ours.map(|address| plain(address.split('?').next().unwrap_or_default()))
}

/// An address without the names of its parameters.
fn plain(address: &str) -> String {
    let is_parameter = |part: &str| part.starts_with('{');
    address.split('/').map(|part| if is_parameter(part) { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn every_address_that_is_named_is_there() {
    let sources: Vec<File> =
        files().into_iter().filter(|file| file.path.starts_with("crates/web/src/")).collect();
    let there: BTreeSet<String> =
        sources.iter().flat_map(|file| file.text.lines()).flat_map(quoted).map(plain).collect();
    let mut findings = Findings::default();
    for document in files().iter().filter(|file| file.is_named("md")) {
        for (number, line) in document.lines() {
            for address in addresses(line).filter(|address| !there.contains(address)) {
                findings.at(&document.path, number, format!("nothing is at `{address}`"));
            }
        }
    }
    findings.none("An address in a document leads somewhere.");
}

/// The tests that a line names: backticked paths into the source with `::` before the function.
fn tests_named(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split('`').skip(1).step_by(2).filter_map(|word| word.split_once(".rs::"))
}

#[test]
fn the_tests_that_prove_a_rule_are_there() {
    let mut findings = Findings::default();
    let document = file("docs/SECURITY.md");
    let mut named = 0;
    for (number, line) in document.lines() {
        for (path, test) in tests_named(line) {
            named += 1;
            let path = format!("{path}.rs");
            let is_there = std::fs::read_to_string(repository(&path))
                .is_ok_and(|text| text.contains(&format!("fn {test}(")));
            if !is_there {
                findings.at(&document.path, number, format!("there is no test `{test}` in `{path}`"));
            }
        }
    }
    assert!(named > 0, "{}:1: it names no test at all", document.path);
    findings.none("A security rule names tests that exist.");
}
