//! What pages load, embedded with its content in its name, so that a browser may keep it for ever.

use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, VARY};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse, get};

use crate::Problem;

/// One file.
#[derive(Debug)]
pub struct Asset {
    /// Where it is under `static/`.
    pub path: &'static str,
    /// What it is called in URLs.
    pub name: &'static str,
    /// What it is.
    pub mime: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// All of them, as the build wrote them down.
static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A year, and no question whether it has changed: another content has another name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The name of a file of `static/` in URLs. A name that is not there leads to a miss, which the tests of pages see.
pub(super) fn name(path: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.path == path).map_or("missing", |asset| asset.name)
}

/// A file that pages load.
#[get("/static/{name}")]
pub(super) async fn file(request: HttpRequest, name: Path<String>) -> Result<HttpResponse, Problem> {
    let asset = ASSETS.iter().find(|asset| asset.name == name.as_str()).ok_or_else(Problem::not_found)?;
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (encoding, body) = match (asset.brotli, asset.gzip) {
        (Some(brotli), _) if accepts(accepted, "br") => (Some("br"), brotli),
        (_, Some(gzip)) if accepts(accepted, "gzip") => (Some("gzip"), gzip),
        _ => (None, asset.plain),
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.mime)
        .insert_header((CACHE_CONTROL, FOR_EVER))
        .insert_header((VARY, "accept-encoding"))
        .insert_header(("x-content-type-options", "nosniff"));
    response.insert_header((CONTENT_ENCODING, encoding.unwrap_or("identity")));
    Ok(response.body(body))
}

/// Whether a list of encodings has this one and does not refuse it.
fn accepts(list: &str, encoding: &str) -> bool {
    list.split(',').map(str::trim).any(|offer| {
        let (name, rest) = offer.split_once(';').unwrap_or((offer, ""));
        name.trim() == encoding && !matches!(rest.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_chosen_as_they_are_offered() {
        for (list, expected) in [("gzip, br", true), ("br;q=0", false), ("", false), ("brx", false)] {
            assert_eq!(accepts(list, "br"), expected, "{list}");
        }
    }

    /// Passkeys once had a script that no page could load.
    #[test]
    fn every_file_that_a_template_names_is_there() {
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates"))];
        let mut named = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                let text = std::fs::read_to_string(entry.path()).unwrap();
                for before in text.split("\"|asset").collect::<Vec<_>>().split_last().unwrap().1 {
                    let path = before.rsplit('"').next().unwrap_or_default();
                    named += 1;
                    assert_ne!(name(path), "missing", "{} names {path}", entry.path().display());
                }
            }
        }
        assert!(named > 20, "only {named} were found");
    }

    /// ui.md, section 2.2: what the two files written by hand may weigh, compressed.
    #[test]
    fn the_style_and_the_script_are_small() {
        let weight = |path: &str| {
            ASSETS
                .iter()
                .find(|asset| asset.path == path)
                .and_then(|asset| asset.brotli)
                .map_or(0, <[u8]>::len)
        };
        for (path, limit) in [("app.css", 9 * 1024), ("app.js", 4 * 1024), ("vendor/icons.svg", 4 * 1024)] {
            let weight = weight(path);
            assert!(weight > 0 && weight <= limit, "{path}: {weight} bytes, at most {limit}");
        }
    }
}
