//! The routes: those that the program describes, and those that only the source knows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use testkit::http::Request;
use testkit::paths::repository;

use crate::bad_input::tenants::example;
use crate::world::World;

pub(super) const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Where programs ask, whose credentials are keys; everything else is a page.
const PROGRAMS: [&str; 4] = ["/v1/", "/scim/", "/access/", "/t/"];

/// What stands before a path where one is mounted, and the method that it takes; none: any.
const MOUNTS: [(&str, Option<&str>); 9] = [
    ("#[get(", Some("GET")),
    ("#[post(", Some("POST")),
    ("#[put(", Some("PUT")),
    ("#[patch(", Some("PATCH")),
    ("#[delete(", Some("DELETE")),
    ("resource(", None),
    // What `resource` is called where every address answers other methods in the same way.
    ("at(", None),
    ("route(", None),
    ("post(", Some("POST")),
];

/// A path, and what each method of it takes.
#[derive(Debug)]
pub(super) struct Route {
    template: String,
    bodies: BTreeMap<String, Option<Value>>,
}

/// Which of the places of a path hold another's ids.
#[derive(Debug, Clone, Copy)]
pub(super) enum Places {
    One(usize),
    All,
}

impl Places {
    pub(super) fn covers(self, at: usize) -> bool {
        match self {
            Self::One(one) => one == at,
            Self::All => true,
        }
    }
}

impl Route {
    /// Whether it is that one.
    pub(super) fn is(&self, template: &str) -> bool {
        self.template == template
    }

    /// The names of its parameters, in order. `{rest:.*}` is called `rest`.
    pub(super) fn parameters(&self) -> Vec<&str> {
        let parts = self.template.split('{').skip(1).filter_map(|part| part.split('}').next());
        parts.map(|name| name.split(':').next().unwrap_or(name)).collect()
    }

    /// Each place alone, and all together.
    pub(super) fn places(&self) -> Vec<Places> {
        match self.parameters().len() {
            0 | 1 => vec![Places::All],
            // A tool's name beside one's own server is one's own tool, whoever has one of that name as well.
            count => {
                let names = self.parameters();
                let alone = |at: &usize| self.is_page() || names.get(*at) != Some(&"tool");
                (0..count).filter(alone).map(Places::One).chain([Places::All]).collect()
            }
        }
    }

    /// Whether it takes the method, as the program describes it or the source mounts it.
    pub(super) fn takes(&self, method: &str) -> bool {
        self.bodies.contains_key(method)
    }

    /// Whether it is a page, for people at a browser.
    pub(super) fn is_page(&self) -> bool {
        !PROGRAMS.iter().any(|program| self.template.starts_with(program))
    }

    /// Its path, with its parameters by name.
    pub(super) fn template(&self) -> &str {
        &self.template
    }

    /// A body that the method would take, where it takes one.
    pub(super) fn body(&self, method: &str) -> Option<&Value> {
        self.bodies.get(method).and_then(Option::as_ref)
    }

    /// The path with its parameters filled in, by their name and place.
    pub(super) fn path(&self, fill: impl Fn(&str, usize) -> String) -> String {
        let mut path = String::new();
        let mut names = self.parameters().into_iter().enumerate();
        for (number, part) in self.template.split('{').enumerate() {
            if number == 0 {
                path.push_str(part);
                continue;
            }
            if let Some((at, name)) = names.next() {
                path.push_str(&fill(name, at));
            }
            path.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
        }
        path
    }
}

/// Every route.
pub(super) async fn routes(world: &World) -> Vec<Route> {
    let described = Request::get("/openapi.json").send(world.address).await.json();
    let mut all: BTreeMap<String, BTreeMap<String, Option<Value>>> = BTreeMap::new();
    for (path, operations) in described["paths"].as_object().expect("paths") {
        let bodies = all.entry(path.clone()).or_default();
        for (method, operation) in operations.as_object().expect("methods") {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let body = (!schema.is_null()).then(|| example(&described, schema, ""));
            bodies.insert(method.to_uppercase(), body);
        }
    }
    for (path, method) in mounted() {
        let bodies = all.entry(path).or_default();
        for method in METHODS.iter().filter(|known| method.is_none_or(|method| method == **known)) {
            bodies.entry((*method).to_owned()).or_default();
        }
    }
    all.into_iter().map(|(template, bodies)| Route { template, bodies }).collect()
}

/// The paths that the source mounts, and the method of each.
pub(crate) fn mounted() -> BTreeSet<(String, Option<&'static str>)> {
    let mut paths = BTreeSet::new();
    let mut folders = vec![repository("crates/web/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                // The directory's routes are written below their scope.
                let scope =
                    if path.components().any(|part| part.as_os_str() == "scim") { "/scim/v2" } else { "" };
                let text = std::fs::read_to_string(&path).expect("a source");
                paths.extend(mounts(&text).into_iter().map(|(path, method)| {
                    let path =
                        if path.starts_with(scope) { path.to_owned() } else { format!("{scope}{path}") };
                    (path, method)
                }));
            }
        }
    }
    paths
}

/// The paths that a source mounts. A path may stand on the line after what mounts it.
fn mounts(source: &str) -> Vec<(&str, Option<&'static str>)> {
    let mut found = Vec::new();
    for (mount, method) in MOUNTS {
        for (at, _) in source.match_indices(mount) {
            let (before, after) = (&source[..at], &source[at + mount.len()..]);
            // The end of a longer name mounts nothing.
            if before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
                continue;
            }
            let path = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            found.extend(path.filter(|path| path.starts_with('/')).map(|path| (path, method)));
        }
    }
    found
}

#[test]
fn paths_are_found_as_they_are_written() {
    let line =
        "        .service(web::resource(\"/v1/envoy/{server}/{rest:.*}\").route(web::to(envoy::envoy)))";
    assert_eq!(mounts(line), [("/v1/envoy/{server}/{rest:.*}", None)]);
    assert_eq!(mounts("#[get(\"/o/{slug}\")]"), [("/o/{slug}", Some("GET"))]);
    assert_eq!(mounts("web::resource(\n            \"/a/{long}\",\n)"), [("/a/{long}", None)]);
    assert_eq!(mounts("    .service(\n        at(\"/Users/{id}\")\n"), [("/Users/{id}", None)]);
    assert_eq!(mounts("let path = \"/o\"; compost(\"/o\"); Request::post(\"/o\")"), [("/o", Some("POST"))]);
    let route = Route { template: "/a/{one}/b/{two:.*}".to_owned(), bodies: BTreeMap::new() };
    assert_eq!(route.path(|name, at| format!("{name}{at}")), "/a/one0/b/two1");
    assert_eq!(route.places().len(), 3);
}
