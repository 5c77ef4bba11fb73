//! A query: a line of text that means a search, and links that change one word of it.

use model::{Snapshot, Timestamp};
use store::{Matches, Search, Term};

use super::changes::CHANGE_FIELDS;
use super::fields::{self, FIELDS};
use super::words::{Word, words};

/// Longer lines are not written by people; each word costs a condition on every record.
const LONGEST: usize = 1_000;
/// As many words as fit on a screen.
const MOST_WORDS: usize = 30;

/// A query as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) words: Vec<Word>,
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
    /// Something that changes do not have, or a value that theirs cannot be.
    #[error("changes cannot be searched for `{field}:{value}`; they have {}", change_list())]
    NotOfChanges {
        /// The field.
        field: String,
        /// What stands there.
        value: String,
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

fn change_list() -> String {
    CHANGE_FIELDS.map(|(name, _)| name).join(", ")
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
}

#[cfg(test)]
mod tests {
    use decision::{Reason, Verdict};

    use super::*;

    fn search(line: &str) -> Result<Search, QueryError> {
        let now = "2026-11-02T14:00:00Z".parse().unwrap();
        Query::parse(line)?.search(&Snapshot::default(), now)
    }

    fn term(matches: Matches) -> Term {
        Term { matches, negated: false }
    }

    #[test]
    fn a_line_means_its_terms() {
        let agent = Matches::Actor("Invoice Reconciler".to_owned());
        let cases = [
            ("", vec![]),
            ("actor:\"Invoice Reconciler\"", vec![term(agent)]),
            ("actor:\"a \\\"b\\\"\"", vec![term(Matches::Actor("a \"b\"".to_owned()))]),
            ("decision:deny", vec![term(Matches::Verdict(Verdict::Deny))]),
            ("reason:outside_scope", vec![term(Matches::Reason(Reason::OutsideScope))]),
            ("action:key.*", vec![term(Matches::ActionPrefix("key.".to_owned()))]),
            ("action:tools/call", vec![term(Matches::Action("tools/call".to_owned()))]),
            ("-server:github", vec![Term { matches: Matches::Server("github".to_owned()), negated: true }]),
            ("refund", vec![term(Matches::Text("refund".to_owned()))]),
            ("ip:10.0.0.7", vec![term(Matches::Address("10.0.0.7".parse().unwrap()))]),
        ];
        for (line, terms) in cases {
            assert_eq!(search(line).map(|search| search.terms), Ok(terms), "{line}");
        }
    }

    #[test]
    fn moments_are_said_or_counted_back() {
        let from = |line: &str| search(line).unwrap().from.unwrap().to_rfc3339();
        assert_eq!(from("since:24h"), "2026-11-01T14:00:00+00:00");
        assert_eq!(from("since:2026-10-31"), "2026-10-31T00:00:00+00:00");
        assert_eq!(from("since:2026-10-31T06:00:00Z"), "2026-10-31T06:00:00+00:00");
    }

    #[test]
    fn what_cannot_be_read_is_said_and_never_left_out() {
        for wrong in
            ["colour:red", "decision:maybe", "since:soon", "-since:1h", "kind:dog", "ip:x", "actor:\"open"]
        {
            assert!(search(wrong).is_err(), "{wrong}");
        }
        assert_eq!(search(&"x ".repeat(31)), Err(QueryError::TooLong));
    }
}
