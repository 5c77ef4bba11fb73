//! How long files and functions are: what does not fit on a few screens is not read.

use super::tree::{File, Findings, files};

/// Nine in ten files of the program have at most so many lines.
const USUAL_FILE: usize = 350;
/// And no file of it has more.
const LONGEST_FILE: usize = 600;
/// A function longer than this does not fit on a screen.
const LONGEST_FUNCTION: usize = 70;

/// Functions that are longer, and why each has to be. Empty is how it should stay.
const LONGER: &[(&str, &str)] = &[(
    "crates/web/src/gateways/shapes.rs::facts",
    "one organization written down whole, to be read from top to bottom",
)];

/// Lines that go into the program: an inline module of tests at the end is cut off.
fn length(file: &File) -> usize {
    let cut = file.text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(file.text.len());
    file.text[..cut].lines().count()
}

#[test]
fn files_are_short() {
    let mut findings = Findings::default();
    let files = files();
    let production: Vec<&File> = files.iter().filter(|file| file.is_production()).collect();
    let mut long = 0;
    for file in &production {
        let length = length(file);
        long += usize::from(length > USUAL_FILE);
        if length > LONGEST_FILE {
            findings.at(&file.path, LONGEST_FILE, format!("{length} lines, at most {LONGEST_FILE}"));
        }
    }
    if long * 10 > production.len() {
        for file in production.iter().filter(|file| length(file) > USUAL_FILE) {
            findings.at(
                &file.path,
                USUAL_FILE,
                format!("{} lines; one file in ten may be so long", length(file)),
            );
        }
    }
    findings.none("Nine files in ten have at most 350 lines, none more than 600.");
}

#[test]
fn functions_are_short() {
    let mut findings = Findings::default();
    let mut excused: Vec<&str> = LONGER.iter().map(|(name, _)| *name).collect();
    for file in files().iter().filter(|file| file.is_rust()) {
        for function in functions(file).filter(|function| function.length > LONGEST_FUNCTION) {
            let name = format!("{}::{}", file.path, function.name);
            match excused.iter().position(|known| *known == name) {
                Some(at) => drop(excused.remove(at)),
                None => findings.at(
                    &file.path,
                    function.line,
                    format!("`{}` has {} lines", name, function.length),
                ),
            }
        }
    }
    for name in excused {
        findings.at("tests/it/tidy/size.rs", 1, format!("`{name}` need not be excused any more"));
    }
    findings.none("No function has more than 70 lines, unless it is listed with its reason.");
}

struct Function<'a> {
    name: &'a str,
    line: usize,
    length: usize,
}

/// The functions of a formatted file: each ends where a line begins at its own depth again.
fn functions(file: &File) -> impl Iterator<Item = Function<'_>> {
    file.lines().filter_map(|(line, first)| {
        let name = named(first)?;
        let is_end = |line: &str| {
            indent(line) == indent(first) && (line.trim_start().starts_with('}') || line.ends_with(';'))
        };
        let rest =
            if first.ends_with(['}', ';']) { 0 } else { file.text.lines().skip(line).position(is_end)? + 1 };
        Some(Function { name, line, length: rest + 1 })
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name of the function that a line begins to define.
fn named(line: &str) -> Option<&str> {
    let (before, after) = line.trim_start().split_once("fn ")?;
    let is_qualifier = |word: &str| {
        matches!(word, "pub" | "const" | "async" | "unsafe" | "extern" | "super)") || word.starts_with("pub(")
    };
    let name = after.split(['(', '<']).next()?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (before.split_whitespace().all(is_qualifier) && is_name).then_some(name)
}

#[test]
fn functions_are_found_as_they_are_written() {
    let text = "impl A {\n    pub(super) async fn one<T>(\n        a: T,\n    ) -> T {\n        a\n    }\n\n    fn two() {}\n}\n\n\
                trait B {\n    fn three(\n    ) -> u8;\n}\n";
    let file = File { path: "a.rs".to_owned(), text: text.to_owned() };
    let found: Vec<_> = functions(&file).map(|f| (f.name, f.line, f.length)).collect();
    assert_eq!(found, [("one", 2, 5), ("two", 8, 1), ("three", 12, 2)]);
}
