//! Reads the TOML file into raw values.

use toml::{Table, Value};

use crate::fields;
use crate::given::{Given, RawValue};
use crate::mistakes::Mistake;

/// Puts every value of the file into `given`; a name that is no setting becomes a mistake.
pub(crate) fn collect(name: &str, contents: &str, given: &mut Given, mistakes: &mut Vec<Mistake>) {
    match contents.parse::<Table>() {
        Ok(table) => {
            for (section, value) in &table {
                collect_section(name, section, value, given, mistakes);
            }
        }
        Err(error) => mistakes.push(syntax(name, contents, &error)),
    }
}

/// Tells the line and the parser's message, never the line itself: it may hold a secret.
fn syntax(name: &str, contents: &str, error: &toml::de::Error) -> Mistake {
    let offset = error.span().map_or(0, |span| span.start);
    let line = 1 + contents.bytes().take(offset).filter(|byte| *byte == b'\n').count();
    Mistake {
        field: name.to_owned(),
        origin: format!("line {line}"),
        given: error.message().lines().next().unwrap_or("unreadable text").to_owned(),
        expected: "a TOML file".to_owned(),
    }
}

fn collect_section(name: &str, section: &str, value: &Value, given: &mut Given, mistakes: &mut Vec<Mistake>) {
    let mistake = |field: String, given: &str, expected: String| Mistake {
        field,
        origin: name.to_owned(),
        given: given.to_owned(),
        expected,
    };
    let Some((section, known)) = fields::SECTIONS.iter().find(|(known, _)| *known == section) else {
        mistakes.push(mistake(section.to_owned(), "an unknown name", fields::expected_sections()));
        return;
    };
    let Value::Table(table) = value else {
        mistakes.push(mistake((*section).to_owned(), value.type_str(), format!("a section `[{section}]`")));
        return;
    };
    for (field, value) in table {
        let path = format!("{section}.{field}");
        match (known.iter().find(|known| *known == field), as_text(value)) {
            (None, _) => mistakes.push(mistake(path, "an unknown name", fields::expected_fields(known))),
            (Some(_), None) => {
                let expected = "a string, a whole number or a list of strings".to_owned();
                mistakes.push(mistake(path, value.type_str(), expected));
            }
            (Some(field), Some(text)) => {
                given.put(section, field, RawValue { text, origin: name.to_owned() });
            }
        }
    }
}

/// The one textual form that values from the file and from the environment share.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            items.map(|items| items.join(","))
        }
        _ => None,
    }
}
