//! Which crate may depend on which: the table of the design, and what must never be seen from where.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, Package, PackageId};
use testkit::paths::repository;

use super::tree::{Findings, file};

/// Every crate, and the crates of the house that it may depend on outside its tests.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("decision", &["model"]),
    ("keys", &["model"]),
    ("settings", &["model"]),
    ("migrations", &[]),
    ("store", &["model", "decision", "keys", "migrations"]),
    ("egress", &["settings"]),
    ("signin", &["model", "egress"]),
    ("enforcement", &["model", "decision", "keys", "store"]),
    ("app", &["model", "decision", "keys", "store", "egress", "signin", "enforcement"]),
    ("web", &["model", "decision", "keys", "enforcement", "app"]),
    (
        "answerable",
        &[
            "model",
            "decision",
            "keys",
            "settings",
            "migrations",
            "store",
            "egress",
            "signin",
            "enforcement",
            "app",
            "web",
        ],
    ),
    ("testkit", &[]),
    ("tests", &[]),
    ("xtask", &[]),
];

/// Crates that do nothing but compute.
const PURE: &[&str] = &["model", "decision", "keys"];

/// What a pure crate must not reach, however far away: the network, the database, pages.
const WORLDLY: &[&str] =
    &["tokio", "actix-web", "sea-orm", "sqlx", "rusqlite", "redis", "reqwest", "hyper", "tonic", "askama"];

/// What a crate must not name itself: crate, what, why.
const NEVER_NAMED: &[(&[&str], &[&str], &str)] = &[
    (PURE, &["getrandom", "rand", "fastrand"], "chance is passed in"),
    (PURE, WORLDLY, "it is pure"),
    (
        &["web"],
        &["sea-orm", "sea-orm-migration", "sqlx", "rusqlite", "store"],
        "`web` never sees the database",
    ),
    (&["migrations"], &["store", "sqlx", "rusqlite"], "a migration must mean the same for ever"),
];

/// What a crate must not reach, however far away: crate, what, why.
const NEVER_REACHED: &[(&[&str], &[&str], &str)] = &[
    (PURE, WORLDLY, "it is pure"),
    (
        &["settings", "store", "egress", "signin", "enforcement", "app"],
        &["actix-web", "askama", "utoipa"],
        "only `web` knows of HTTP and pages",
    ),
];

/// Who may make outbound requests, and why.
const MAY_REQUEST: &[(&str, &str)] = &[("egress", "the one checked door")];

static METADATA: LazyLock<Metadata> = LazyLock::new(|| {
    MetadataCommand::new()
        .manifest_path(repository("Cargo.toml"))
        .exec()
        .expect("cargo metadata of the workspace")
});

fn members() -> impl Iterator<Item = &'static Package> {
    METADATA.workspace_packages().into_iter()
}

/// What a crate of the house depends on outside its tests.
fn direct(package: &Package) -> impl Iterator<Item = &str> {
    package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development).map(|d| d.name.as_str())
}

fn manifest(package: &Package) -> String {
    let root = METADATA.workspace_root.as_str();
    let path = package.manifest_path.as_str();
    path.strip_prefix(root).unwrap_or(path).trim_start_matches('/').to_owned()
}

/// Where a manifest names a dependency.
fn line_of(manifest: &str, dependency: &str) -> usize {
    let names =
        |line: &str| line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    file(manifest).lines().find(|(_, line)| names(line)).map_or(1, |(number, _)| number)
}

/// Everything that a crate's program code reaches, by name.
fn reached(package: &Package) -> BTreeSet<&'static str> {
    let graph = METADATA.resolve.as_ref().expect("a resolved graph");
    let edges: BTreeMap<&PackageId, &Node> = graph.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut waiting = vec![&package.id];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        let next =
            edges.get(id).into_iter().flat_map(|node| &node.deps).filter(|dependency| {
                dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
            });
        waiting.extend(next.map(|dependency| &dependency.pkg).filter(|id| seen.insert(*id)));
    }
    let packages = METADATA.packages.iter().filter(|package| seen.contains(&package.id));
    packages.map(|package| package.name.as_str()).collect()
}

#[test]
fn crates_depend_only_on_what_the_table_says() {
    let mut findings = Findings::default();
    let house: BTreeSet<&str> = members().map(|package| package.name.as_str()).collect();
    for package in members() {
        let manifest = manifest(package);
        let Some((_, may)) = MAY_DEPEND_ON.iter().find(|(name, _)| *name == package.name.as_str()) else {
            findings.at(&manifest, 1, format!("`{}` is not in the table of arrows", package.name));
            continue;
        };
        for dependency in direct(package).filter(|name| house.contains(name) && !may.contains(name)) {
            let what = format!("`{}` may not depend on `{dependency}`", package.name);
            findings.at(&manifest, line_of(&manifest, dependency), what);
        }
    }
    for (name, may) in MAY_DEPEND_ON {
        for name in may.iter().chain([name]).filter(|name| !house.contains(**name)) {
            findings.at("tests/it/tidy/arrows.rs", 1, format!("there is no crate `{name}`"));
        }
    }
    findings.none("A crate depends only on the crates that the table of arrows names.");
}

#[test]
fn crates_name_nothing_that_they_must_not_see() {
    let mut findings = Findings::default();
    for package in members() {
        let manifest = manifest(package);
        for (crates, never, why) in NEVER_NAMED {
            if crates.contains(&package.name.as_str()) {
                for dependency in direct(package).filter(|name| never.contains(name)) {
                    let what = format!("`{}` may not name `{dependency}`: {why}", package.name);
                    findings.at(&manifest, line_of(&manifest, dependency), what);
                }
            }
        }
    }
    findings.none("What a crate must not see, it does not name.");
}

#[test]
fn crates_reach_nothing_that_they_must_not_see() {
    let mut findings = Findings::default();
    for package in members() {
        let reached = reached(package);
        for (crates, never, why) in NEVER_REACHED {
            if crates.contains(&package.name.as_str()) {
                for name in never.iter().filter(|name| reached.contains(**name)) {
                    let what = format!("`{}` reaches `{name}`: {why}", package.name);
                    findings.at(&manifest(package), 1, what);
                }
            }
        }
    }
    findings.none("What a crate must not see, it does not reach through others either.");
}

#[test]
fn one_crate_makes_outbound_requests() {
    let mut findings = Findings::default();
    for package in
        members().filter(|package| !MAY_REQUEST.iter().any(|(name, _)| *name == package.name.as_str()))
    {
        let manifest = manifest(package);
        for dependency in direct(package).filter(|name| ["reqwest", "hyper", "ureq", "awc"].contains(name)) {
            let what = format!("`{}` may not make outbound requests", package.name);
            findings.at(&manifest, line_of(&manifest, dependency), what);
        }
    }
    findings.none("Nothing but `egress` makes outbound requests.");
}
