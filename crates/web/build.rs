//! Gives every file that pages load a name with its content in it, compresses it once, and writes the table of them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// What pages load. The stylesheet comes last: it names others, and its own name depends on theirs.
const FILES: [(&str, &str); 11] = [
    ("vendor/next.woff2", "font/woff2"),
    ("vendor/next-extended.woff2", "font/woff2"),
    ("vendor/mono.woff2", "font/woff2"),
    ("vendor/icons.svg", "image/svg+xml"),
    ("vendor/htmx.min.js", "text/javascript; charset=utf-8"),
    ("vendor/hx-sse.min.js", "text/javascript; charset=utf-8"),
    ("seals.svg", "image/svg+xml"),
    ("mark.svg", "image/svg+xml"),
    ("app.js", "text/javascript; charset=utf-8"),
    ("passkeys.js", "text/javascript; charset=utf-8"),
    ("app.css", "text/css; charset=utf-8"),
];

/// Of SHA-256, in bytes: enough that a change of a file changes its name.
const NAME_BYTES: usize = 4;

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script where to write by the environment")]
fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=../../templates");
    let mut named: Vec<(&str, String)> = Vec::new();
    let mut table = String::from("&[\n");
    for (path, mime) in FILES {
        let mut content = fs::read(root.join(path))?;
        if path == "app.css" {
            content = minified(&linked(&String::from_utf8(content)?, &named)?).into_bytes();
        }
        let name = hashed(path, &content);
        let stem = out.join(name.replace('/', "-"));
        let file = |extension: &str| format!("{}{extension}", stem.display());
        fs::write(file(""), &content)?;
        // Fonts are compressed as they are.
        let is_compressed = mime != "font/woff2";
        if is_compressed {
            fs::write(file(".br"), brotli(&content)?)?;
            fs::write(file(".gz"), gzip(&content)?)?;
        }
        let variant = |extension: &str| {
            if is_compressed {
                format!("Some(include_bytes!({:?}))", file(extension))
            } else {
                "None".to_owned()
            }
        };
        writeln!(
            table,
            "Asset {{ path: {path:?}, name: {name:?}, mime: {mime:?}, plain: include_bytes!({:?}), brotli: {}, gzip: {} }},",
            file(""),
            variant(".br"),
            variant(".gz"),
        )?;
        named.push((path, name));
    }
    table.push_str("]\n");
    fs::write(out.join("assets.rs"), table)?;
    Ok(())
}

/// `vendor/next.woff2` becomes `next.0a1b2c3d.woff2`.
fn hashed(path: &str, content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let mut hash = String::new();
    for byte in digest.iter().take(NAME_BYTES) {
        let _infallible = write!(hash, "{byte:02x}");
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = file.split_once('.').unwrap_or((file, ""));
    format!("{stem}.{hash}.{extension}")
}

/// Puts the hashed names into `url(…)`.
fn linked(css: &str, named: &[(&str, String)]) -> Result<String, Box<dyn Error>> {
    let mut linked = css.to_owned();
    for (path, name) in named {
        linked = linked.replace(&format!("url(\"{path}\")"), &format!("url(\"/static/{name}\")"));
    }
    if linked.contains("url(\"vendor/") {
        return Err("app.css names a file that is not among the assets".into());
    }
    Ok(linked)
}

/// Leaves out comments and indentation.
fn minified(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn brotli(content: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut compressed = Vec::new();
    // Quality 11 and a window of 4 MB: made once, sent for ever.
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}
