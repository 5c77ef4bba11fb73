//! The handlers of pages and endpoints, read from their source: what each asks for is written in it.

use std::path::{Path, PathBuf};

use testkit::paths::repository;

/// A handler: its method and route, and its text.
pub(super) struct Handler {
    pub(super) method: String,
    pub(super) route: String,
    pub(super) text: String,
}

/// The handlers below a folder of the repository.
pub(super) fn handlers(folder: &str) -> Vec<Handler> {
    let files = sources(&repository(folder));
    let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("a source"));
    texts.flat_map(|text| text.split("\n#[").skip(1).filter_map(handler).collect::<Vec<_>>()).collect()
}

/// A handler goes from its route to the next attribute at the margin.
fn handler(text: &str) -> Option<Handler> {
    let (route, rest) = text.split_once("\")]\n")?;
    let (method, path) = route.split_once("(\"")?;
    let is_method = ["get", "post", "put", "patch", "delete"].contains(&method);
    is_method.then(|| Handler {
        method: method.to_uppercase(),
        route: path.to_owned(),
        text: rest.to_owned(),
    })
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of sources").flatten().map(|entry| entry.path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}
