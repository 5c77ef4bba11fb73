//! Filters of RFC 7644, section 3.4.2.2: read here, asked of resources in `scim::matches`.

mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use parse::{parse, parse_path};

/// What a resource has to fulfil.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    /// Both.
    And(Box<Filter>, Box<Filter>),
    /// One of them at least.
    Or(Box<Filter>, Box<Filter>),
    /// Not that.
    Not(Box<Filter>),
    /// The attribute has a value.
    Present(AttributePath),
    /// The attribute compares so.
    Compare(AttributePath, Operator, Literal),
    /// One value of the attribute fulfils that.
    Within(AttributePath, Box<Filter>),
}

/// How to name an attribute: `userName`, `name.givenName`, or with the schema's URN before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AttributePath {
    /// The schema, where it is named.
    pub(crate) schema: Option<String>,
    /// The attribute.
    pub(crate) name: String,
    /// The part of it, where one is named.
    pub(crate) part: Option<String>,
}

/// The path of a PATCH: an attribute, which of its values, and which part of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValuePath {
    /// The attribute. Its part is the one after the brackets, where there are any.
    pub(crate) attribute: AttributePath,
    /// Which of its values.
    pub(crate) which: Option<Filter>,
}

/// How values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// What an attribute is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Number(f64),
    Flag(bool),
    Null,
}

/// A text that is no filter: what was expected, and before which character, counted from zero.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{expected} at character {at}")]
pub(crate) struct NotAFilter {
    /// What was expected there.
    pub(crate) expected: &'static str,
    /// Where.
    pub(crate) at: usize,
}

impl Operator {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Equal, "eq"),
        (Self::NotEqual, "ne"),
        (Self::Contains, "co"),
        (Self::StartsWith, "sw"),
        (Self::EndsWith, "ew"),
        (Self::Greater, "gt"),
        (Self::GreaterOrEqual, "ge"),
        (Self::Less, "lt"),
        (Self::LessOrEqual, "le"),
    ];

    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| word.eq_ignore_ascii_case(name)).map(|(operator, _)| *operator)
    }

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(operator, _)| *operator == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for AttributePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}:")?;
        }
        f.write_str(&self.name)?;
        self.part.as_ref().map_or(Ok(()), |part| write!(f, ".{part}"))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(one, other) => write!(f, "({one}) and ({other})"),
            Self::Or(one, other) => write!(f, "({one}) or ({other})"),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::Present(path) => write!(f, "{path} pr"),
            Self::Compare(path, operator, literal) => write!(f, "{path} {} {literal}", operator.as_str()),
            Self::Within(path, inner) => write!(f, "{path}[{inner}]"),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Null => f.write_str("null"),
        }
    }
}
