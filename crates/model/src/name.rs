use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// Why a text cannot be a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing, or only white space.
    #[error("a name is needed")]
    Empty,
    /// Nothing where a slug has to be.
    #[error("a short name is needed: a-z, 0-9 and single hyphens inside")]
    NoSlug,
    /// Longer than the limit, in characters.
    #[error("at most {0} characters")]
    TooLong(usize),
    /// A control character, or one that turns the direction of the text around it.
    #[error("no control characters and no direction overrides")]
    Control,
    /// A character outside the slug alphabet.
    #[error("only a-z, 0-9 and single hyphens inside")]
    NotASlug,
}

/// Two hundred characters hold every real name and keep a table row on a page.
const NAME_LIMIT: usize = 200;
/// A DNS label is at most 63 octets; slugs stay usable as one.
const SLUG_LIMIT: usize = 63;
/// MCP 2026-07-28 asks for 1 to 128 characters in a tool's name; older servers exceed it, so twice that.
const TOOL_NAME_LIMIT: usize = 256;

/// Characters that hide or reverse what stands beside them (Unicode TR 36, section 2.9): a name carrying one could
/// show a different agent in the log than the one that acted.
fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

fn printable(text: &str, limit: usize) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if text.chars().count() > limit {
        return Err(NameError::TooLong(limit));
    }
    if text.chars().any(|c| c.is_control() || is_deceptive(c)) {
        return Err(NameError::Control);
    }
    Ok(())
}

fn slug(text: &str) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::NoSlug);
    }
    printable(text, SLUG_LIMIT)?;
    let inside = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !inside || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
        return Err(NameError::NotASlug);
    }
    Ok(())
}

macro_rules! checked_text {
    ($($(#[$doc:meta])* $name:ident, $prepare:expr, $check:expr);+ $(;)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(CompactString);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                let prepare: fn(&str) -> &str = $prepare;
                let text = prepare(text);
                let check: fn(&str) -> Result<(), NameError> = $check;
                check(text)?;
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.into()
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

checked_text! {
    /// What people call a thing: 1 to 200 characters, trimmed, nothing invisible.
    Name, str::trim, |text| printable(text, NAME_LIMIT);
    /// What machines and URLs call a thing: `a-z`, `0-9` and single hyphens, 1 to 63 characters.
    Slug, |text| text, slug;
    /// A tool's name exactly as its server gives it. Compared case-sensitively, as the protocol does.
    ToolName, |text| text, |text| printable(text, TOOL_NAME_LIMIT);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_refuse_what_hides() {
        let cases = [
            (" Maya Chen ", Ok("Maya Chen")),
            ("   ", Err(NameError::Empty)),
            ("a\u{202E}gnp", Err(NameError::Control)),
            ("line\nbreak", Err(NameError::Control)),
            ("שלום 🙂", Ok("שלום 🙂")),
        ];
        for (given, expected) in cases {
            let got = given.parse::<Name>();
            assert_eq!(got.as_ref().map(Name::as_str), expected.as_ref().copied(), "{given:?}");
        }
        assert_eq!("x".repeat(201).parse::<Name>(), Err(NameError::TooLong(200)));
    }

    #[test]
    fn slugs_are_dns_labels() {
        for good in ["a", "platform", "team-7", "0"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "é", "a/b"] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }
}
