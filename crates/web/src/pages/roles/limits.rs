//! The limits of a grant, as lines of a form that people fill in.

use app::FieldError;
use model::{Constraint, Operator};
use serde_json::Value;

/// One line of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Where in the arguments.
    pub(super) pointer: String,
    /// How to compare.
    pub(super) operator: String,
    /// With what, as people type it.
    pub(super) value: String,
}

/// The operators, by the word that forms and the API use, each as people read it.
pub(super) const OPERATORS: [(&str, Operator, &str); 9] = [
    ("equals", Operator::Equals, "is"),
    ("not_equals", Operator::NotEquals, "is not"),
    ("at_most", Operator::AtMost, "is at most"),
    ("less_than", Operator::LessThan, "is below"),
    ("at_least", Operator::AtLeast, "is at least"),
    ("greater_than", Operator::GreaterThan, "is above"),
    ("in", Operator::In, "is one of"),
    ("not_in", Operator::NotIn, "is none of"),
    ("starts_with", Operator::StartsWith, "begins with"),
];

/// The lines of three columns as a form sends them: as long as the longest.
pub(super) fn lines(pointers: &[String], operators: &[String], values: &[String]) -> Vec<Line> {
    let count = pointers.len().max(operators.len()).max(values.len());
    let at = |column: &[String], place: usize| column.get(place).cloned().unwrap_or_default();
    (0..count)
        .map(|place| Line {
            pointer: at(pointers, place),
            operator: at(operators, place),
            value: at(values, place),
        })
        .collect()
}

/// A limit as a line.
pub(super) fn line(constraint: &Constraint) -> Line {
    let word = OPERATORS.iter().find(|(_, operator, _)| *operator == constraint.operator);
    Line {
        pointer: constraint.pointer.clone(),
        operator: word.map_or("equals", |(word, ..)| word).to_owned(),
        value: typed(&constraint.value),
    }
}

/// A value as somebody would type it: a text without quotes, unless it would be read as something else.
fn typed(value: &Value) -> String {
    match value {
        Value::String(text)
            if !text.is_empty() && text.trim() == text && serde_json::from_str::<Value>(text).is_err() =>
        {
            text.clone()
        }
        other => other.to_string(),
    }
}

/// Reads the lines. A line without a pointer and without a value is no limit.
pub(super) fn read(lines: &[Line], errors: &mut Vec<FieldError>) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.pointer.trim().is_empty() && line.value.trim().is_empty() {
            continue;
        }
        match constraint(line) {
            Ok(constraint) => constraints.push(constraint),
            Err(reason) => errors.push(FieldError { field: format!("limit-{at}"), reason }),
        }
    }
    constraints
}

fn constraint(line: &Line) -> Result<Constraint, String> {
    let pointer = line.pointer.trim();
    let operator = OPERATORS.iter().find(|(word, ..)| *word == line.operator);
    let operator = operator.map(|(_, operator, _)| *operator).ok_or("choose how to compare")?;
    if pointer.is_empty() || !pointer.starts_with('/') {
        return Err("say where in the arguments, beginning with a slash, for example /amount".to_owned());
    }
    let value = value(operator, line.value.trim())?;
    Ok(Constraint { pointer: pointer.to_owned(), operator, value })
}

/// Reads a value as the operator needs it: numbers for order, lists by commas or as JSON, a beginning as it stands;
/// elsewhere JSON where it is JSON, and a text where it is not.
fn value(operator: Operator, text: &str) -> Result<Value, String> {
    let loose = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    match operator {
        Operator::StartsWith if text.is_empty() => Err("say with which text it begins".to_owned()),
        Operator::StartsWith => match serde_json::from_str::<Value>(text) {
            Ok(Value::String(text)) => Ok(Value::String(text)),
            _ => Ok(Value::String(text.to_owned())),
        },
        Operator::LessThan | Operator::AtMost | Operator::GreaterThan | Operator::AtLeast => {
            let number = serde_json::from_str::<Value>(text).ok().filter(Value::is_number);
            number.ok_or_else(|| "compare with a number, for example 100".to_owned())
        }
        Operator::In | Operator::NotIn => match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(list)) => Ok(Value::Array(list)),
            _ if text.is_empty() => Err("list values with commas between them".to_owned()),
            _ => Ok(Value::Array(text.split(',').map(|part| loose(part.trim())).collect())),
        },
        Operator::Equals | Operator::NotEquals if text.is_empty() => {
            Err("say what to compare with; \"\" is the empty text".to_owned())
        }
        Operator::Equals | Operator::NotEquals => Ok(loose(text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_one(pointer: &str, operator: &str, value: &str) -> Result<Constraint, String> {
        constraint(&Line { pointer: pointer.into(), operator: operator.into(), value: value.into() })
    }

    #[test]
    fn values_are_read_as_people_type_them() {
        for (operator, typed, expected) in [
            ("equals", "EUR", json!("EUR")),
            ("equals", "7", json!(7)),
            ("equals", "\"7\"", json!("7")),
            ("equals", "true", json!(true)),
            ("at_most", "1.5", json!(1.5)),
            ("in", "EUR, USD", json!(["EUR", "USD"])),
            ("in", "1,2", json!([1, 2])),
            ("not_in", "[\"a,b\"]", json!(["a,b"])),
            ("starts_with", "ops@", json!("ops@")),
            ("starts_with", "10", json!("10")),
        ] {
            let read = read_one("/x", operator, typed).expect("a limit");
            assert_eq!(read.value, expected, "{operator} {typed}");
            assert!(read.is_well_formed(), "{operator} {typed}");
        }
        for (pointer, operator, typed) in [
            ("amount", "equals", "1"),
            ("", "equals", "1"),
            ("/amount", "at_most", "many"),
            ("/amount", "like", "1"),
            ("/amount", "in", ""),
            ("/amount", "equals", ""),
        ] {
            assert!(read_one(pointer, operator, typed).is_err(), "{pointer} {operator} {typed}");
        }
    }

    #[test]
    fn what_is_shown_is_read_back_as_it_was() {
        for value in
            [json!("EUR"), json!("7"), json!(7), json!("a b"), json!(""), json!("true"), json!({"a": 1})]
        {
            let given = Constraint { pointer: "/x".into(), operator: Operator::Equals, value };
            assert_eq!(constraint(&line(&given)), Ok(given.clone()), "{given:?}");
        }
        for value in [json!(["a", 1]), json!([])] {
            let given = Constraint { pointer: "/x".into(), operator: Operator::In, value };
            assert_eq!(constraint(&line(&given)), Ok(given.clone()), "{given:?}");
        }
    }
}
