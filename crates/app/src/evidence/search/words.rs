//! Taking a line of text apart into its words.

use super::QueryError;

/// A word of a query, as it was written: `-field:value`, or a value alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Whether a minus stands before it.
    pub(super) negated: bool,
    /// What stands before the colon.
    pub(super) field: Option<String>,
    /// What stands after it, without quotes.
    pub(super) value: String,
}

/// The words of a line. Spaces part them, unless they stand between double quotes; `\"` is a quote itself.
pub(super) fn words(line: &str) -> Result<Vec<Word>, QueryError> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, after) = word(rest)?;
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

fn word(text: &str) -> Result<(Word, &str), QueryError> {
    let (negated, text) = match text.strip_prefix('-') {
        Some(rest) if !rest.starts_with(char::is_whitespace) && !rest.is_empty() => (true, rest),
        _ => (false, text),
    };
    let name = text.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(text.len());
    let (field, text) = match text.split_at_checked(name) {
        Some((field, after)) if !field.is_empty() && after.starts_with(':') => {
            (Some(field.to_owned()), after.strip_prefix(':').unwrap_or(after))
        }
        _ => (None, text),
    };
    let (value, rest) = value(text)?;
    Ok((Word { negated, field, value }, rest))
}

fn value(text: &str) -> Result<(String, &str), QueryError> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (value, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        return Ok((value.to_owned(), rest));
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in quoted.char_indices() {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return Ok((value, quoted.get(at + 1..).unwrap_or(""))),
            _ => value.push(c),
        }
    }
    Err(QueryError::Unclosed)
}
