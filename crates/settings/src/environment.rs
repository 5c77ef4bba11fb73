//! Reads environment variables into raw values, and is the one place that looks at the real environment.

use std::io;
use std::path::Path;

use crate::Settings;
use crate::connection_url;
use crate::fields;
use crate::given::{Given, RawValue};
use crate::mistakes::{Mistake, Mistakes};

/// Ends the name of a variable that names a file instead of holding the value.
const FILE_SUFFIX: &str = "_FILE";

impl Settings {
    /// Reads the configuration file (if one is named), the environment of this process and the files that its
    /// `…_FILE` variables name.
    pub fn from_environment(config: Option<&Path>) -> Result<Self, Mistakes> {
        let name = config.map(|path| path.display().to_string()).unwrap_or_default();
        let contents = config.map(std::fs::read_to_string).transpose();
        let contents = contents.map_err(|error| Mistakes(vec![unreadable(&name, &error)]))?;
        // `vars` would end the process on a variable that is not Unicode, even one that is not ours.
        let env = std::env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()));
        Self::load(contents.as_deref().map(|text| (name.as_str(), text)), env, |path| {
            std::fs::read_to_string(path)
        })
    }
}

fn unreadable(name: &str, error: &io::Error) -> Mistake {
    Mistake {
        field: name.to_owned(),
        origin: "--config".to_owned(),
        given: error.kind().to_string(),
        expected: "a TOML file that can be read".to_owned(),
    }
}

/// Puts every variable that is a setting into `given`, over what the file said.
pub(crate) fn collect(
    env: impl IntoIterator<Item = (String, String)>,
    read_file: impl Fn(&str) -> io::Result<String>,
    given: &mut Given,
    mistakes: &mut Vec<Mistake>,
) {
    let mut env: Vec<(String, String)> = env.into_iter().collect();
    // Sorted, so that the same environment always gives the same report.
    env.sort();
    for (name, value) in &env {
        let Some(rest) = name.strip_prefix(fields::PREFIX) else { continue };
        if let Some((section, field)) = known(name) {
            let origin = name.clone();
            given.put(section, field, RawValue { text: value.clone(), origin });
        } else if let Some((section, field)) = name.strip_suffix(FILE_SUFFIX).and_then(known) {
            if env.iter().any(|(other, _)| *other == fields::variable(section, field)) {
                mistakes.push(both(section, field, name));
            }
            match read_file(value) {
                Ok(text) => {
                    let origin = format!("file named by {name}");
                    given.put(section, field, RawValue { text: text.trim().to_owned(), origin });
                }
                Err(error) => mistakes.push(Mistake {
                    field: format!("{section}.{field}"),
                    origin: name.clone(),
                    given: format!("{}: {}", path_or_mask(value), error.kind()),
                    expected: "the path of a file that can be read".to_owned(),
                }),
            }
        } else if let Some(mistake) = unknown(name, rest) {
            mistakes.push(mistake);
        }
    }
}

/// A path may be shown; but the commonest wrong "path" is the secret itself, put in the wrong variable.
fn path_or_mask(value: &str) -> String {
    if value.contains("://") { connection_url::mask(value) } else { value.to_owned() }
}

/// The section and field whose variable has exactly this name.
fn known(name: &str) -> Option<(&'static str, &'static str)> {
    fields::SECTIONS
        .iter()
        .flat_map(|(section, names)| names.iter().map(move |field| (*section, *field)))
        .find(|(section, field)| fields::variable(section, field) == name)
}

fn both(section: &str, field: &str, name: &str) -> Mistake {
    Mistake {
        field: format!("{section}.{field}"),
        origin: name.to_owned(),
        given: "the value and a file for it".to_owned(),
        expected: format!("either `{}` or `{name}`, not both", fields::variable(section, field)),
    }
}

/// A name with our prefix that is no setting.
///
/// Names without `__` are settings misspelled only if they begin with a section (`ANSWERABLE_DATABASE_URL`);
/// the rest (`ANSWERABLE_URL`, `ANSWERABLE_AGENT_KEY`, …) is what the demo prints for people to export.
fn unknown(name: &str, rest: &str) -> Option<Mistake> {
    let rest = rest.to_ascii_lowercase();
    let section = match rest.split_once("__") {
        Some((section, _)) => fields::of(section),
        None => Some(section_before_underscore(&rest)?),
    };
    Some(Mistake {
        field: name.to_owned(),
        origin: "environment".to_owned(),
        given: "an unknown name".to_owned(),
        expected: section.map_or_else(fields::expected_sections, |names| {
            format!("`{}<SECTION>__<FIELD>` with {}", fields::PREFIX, fields::expected_fields(names))
        }),
    })
}

fn section_before_underscore(rest: &str) -> Option<&'static [&'static str]> {
    let (section, _) = rest.split_once('_')?;
    fields::of(section)
}
