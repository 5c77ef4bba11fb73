//! Pictures of every page, for people to look at: `cargo xtask screens` says where they are to go.

use std::env;
use std::fmt::Write;
use std::path::PathBuf;

use serde_json::json;
use testkit::browser::Tab;

/// Where pictures go, where somebody wants them.
fn directory() -> Option<PathBuf> {
    env::var_os("SCREENS").map(PathBuf::from)
}

/// Takes a picture, where somebody wants them.
pub(super) async fn shot(tab: &Tab, name: &str, width: u32, dark: bool) -> bool {
    let Some(directory) = directory() else { return false };
    let look = if dark { "dark" } else { "light" };
    let path = directory.join(format!("{name}-{look}-{width}.png"));
    tab.order(json!({"do": "shot", "path": path})).await;
    true
}

/// Writes the page that shows all pictures that there are, each beside its siblings.
pub(super) fn index() {
    let Some(directory) = directory() else { return };
    let files = std::fs::read_dir(&directory).expect("the folder of the pictures").flatten();
    let mut names: Vec<String> = files
        .filter_map(|file| Some(file.file_name().to_str()?.strip_suffix("-light-1280.png")?.to_owned()))
        .collect();
    names.sort();
    let mut page = String::from(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Screens</title>\
         <style>body{font-family:sans-serif;margin:2rem}div{display:flex;gap:1rem;align-items:start;overflow-x:auto}\
         img{border:1px solid #888;max-height:48rem}</style><h1>Screens</h1>\n",
    );
    for name in &names {
        let _infallible = write!(page, "<h2>{name}</h2><div>");
        for look in ["light-1280", "dark-1280", "light-360", "dark-360"] {
            let file = format!("{name}-{look}.png");
            let _infallible =
                write!(page, "<a href=\"{file}\"><img loading=\"lazy\" src=\"{file}\" alt=\"{file}\"></a>");
        }
        page.push_str("</div>\n");
    }
    std::fs::write(directory.join("index.html"), page).expect("the index of the pictures");
}
