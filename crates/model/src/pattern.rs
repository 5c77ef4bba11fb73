use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// Why a text cannot be a tool pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing. An empty pattern would be a grant that nobody can read.
    #[error("a tool pattern is needed; `*` means every tool")]
    Empty,
    /// Longer than a tool's name may be.
    #[error("at most 256 characters")]
    TooLong,
    /// A control character.
    #[error("no control characters")]
    Control,
}

/// Which tools of a server: an exact name, or a name with `*` standing for any run of characters.
///
/// Compared case-sensitively and byte for byte, as the protocol compares tool names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ToolPattern(CompactString);

impl ToolPattern {
    /// Whether the pattern names that tool.
    pub fn matches(&self, tool: &str) -> bool {
        let mut parts = self.0.split('*');
        let head = parts.next().unwrap_or("");
        let Some(mut rest) = tool.strip_prefix(head) else { return false };
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return rest.is_empty();
        }
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                return rest.ends_with(part);
            }
            let Some(at) = rest.find(part) else { return false };
            rest = rest.get(at + part.len()..).unwrap_or("");
        }
        false
    }

    /// Whether it names every tool there can be: nothing but `*`.
    pub fn is_every(&self) -> bool {
        self.0.bytes().all(|byte| byte == b'*')
    }

    /// The text of the pattern.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ToolPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        match text {
            "" => Err(PatternError::Empty),
            _ if text.chars().count() > 256 => Err(PatternError::TooLong),
            _ if text.chars().any(char::is_control) => Err(PatternError::Control),
            _ => Ok(Self(text.into())),
        }
    }
}

impl TryFrom<String> for ToolPattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Self, PatternError> {
        text.parse()
    }
}

impl From<ToolPattern> for String {
    fn from(pattern: ToolPattern) -> Self {
        pattern.0.into()
    }
}

impl fmt::Display for ToolPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, tool: &str) -> bool {
        pattern.parse::<ToolPattern>().unwrap().matches(tool)
    }

    #[test]
    fn patterns_match_as_people_read_them() {
        for (pattern, tool, expected) in [
            ("echo", "echo", true),
            ("echo", "Echo", false),
            ("echo", "echo2", false),
            ("*", "anything", true),
            ("*", "", true),
            ("create_*", "create_note", true),
            ("create_*", "re_create_note", false),
            ("*_note", "create_note", true),
            ("*_note", "create_notes", false),
            ("a*b*c", "a__b__c", true),
            ("a*b*c", "a__c__b", false),
            ("a*a", "a", false),
            ("**", "x", true),
        ] {
            assert_eq!(matches(pattern, tool), expected, "{pattern} {tool}");
        }
    }

    /// The oracle: the textbook recursion, exponential and obviously right.
    fn naive(pattern: &[u8], tool: &[u8]) -> bool {
        match (pattern.first(), tool.first()) {
            (None, None) => true,
            (Some(b'*'), _) => naive(&pattern[1..], tool) || (!tool.is_empty() && naive(pattern, &tool[1..])),
            (Some(p), Some(t)) if p == t => naive(&pattern[1..], &tool[1..]),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_textbook(pattern in "[ab*]{1,8}", tool in "[ab]{0,8}") {
            prop_assert_eq!(matches(&pattern, &tool), naive(pattern.as_bytes(), tool.as_bytes()));
        }
    }
}
