//! A query: a line of text that means a search, and links that change one word of it.

use model::{Snapshot, Timestamp};
use store::{Matches, Search, Term};

use super::fields::{self, FIELDS};
use super::words::{Word, words};

/// Longer lines are not written by people; each word costs a condition on every record.
const LONGEST: usize = 1_000;
/// As many words as fit on a screen.
const MOST_WORDS: usize = 30;

/// A query as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
}

/// Why a query cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A quote that is not closed.
    #[error("a quotation mark is not closed")]
    Unclosed,
    /// Too much of it.
    #[error("a query has at most {MOST_WORDS} words and {LONGEST} characters")]
    TooLong,
    /// A field that there is not.
    #[error("there is no field `{field}`; there are {}", list())]
    UnknownField {
        /// What stands before the colon.
        field: String,
    },
    /// A field that cannot be that.
    #[error("`{field}:{value}` cannot be read: after `{field}:` stands {expected}")]
    Value {
        /// The field.
        field: String,
        /// What stands there.
        value: String,
        /// What should stand there.
        expected: &'static str,
    },
}

fn list() -> String {
    FIELDS.map(|(name, _)| name).join(", ")
}

impl Query {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<Self, QueryError> {
        if line.chars().count() > LONGEST {
            return Err(QueryError::TooLong);
        }
        let words = words(line)?;
        if words.len() > MOST_WORDS {
            return Err(QueryError::TooLong);
        }
        Ok(Self { words })
    }

    /// Whether nothing is asked for in particular.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What it searches for, in an organization at a moment.
    pub fn search(&self, facts: &Snapshot, now: Timestamp) -> Result<Search, QueryError> {
        let mut search = Search::default();
        for word in &self.words {
            let Some(field) = &word.field else {
                let matches = Matches::Text(word.value.clone());
                search.terms.push(Term { matches, negated: word.negated });
                continue;
            };
            let wrong =
                |expected| QueryError::Value { field: field.clone(), value: word.value.clone(), expected };
            let moment = || {
                let expected =
                    "15m, 24h, 7d, a day such as 2026-11-02 or a moment such as 2026-11-02T14:00:00Z";
                fields::moment(&word.value, now).filter(|_| !word.negated).ok_or(wrong(expected))
            };
            match field.as_str() {
                "since" => search.from = Some(moment()?),
                "until" => search.until = Some(moment()?),
                name if FIELDS.iter().any(|(known, _)| *known == name) => {
                    let matches = fields::matches(name, &word.value, facts).map_err(wrong)?;
                    search.terms.push(Term { matches, negated: word.negated });
                }
                _ => return Err(QueryError::UnknownField { field: field.clone() }),
            }
        }
        Ok(search)
    }

    /// Whether it asks for just that.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.words.iter().any(|word| is(word, field) && word.value == value)
    }

    /// The query that asks for that value of the field instead of any other.
    #[must_use]
    pub fn with(&self, field: &str, value: &str) -> Self {
        let mut query = self.without(field);
        query.words.push(Word { negated: false, field: Some(field.to_owned()), value: value.to_owned() });
        query
    }

    /// The query that does not ask about the field.
    #[must_use]
    pub fn without(&self, field: &str) -> Self {
        Self { words: self.words.iter().filter(|word| !is(word, field)).cloned().collect() }
    }
}

fn is(word: &Word, field: &str) -> bool {
    !word.negated && word.field.as_deref() == Some(field)
}

impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            word.fmt(f)?;
        }
        Ok(())
    }
}
