//! Filters of the templates. A file with a template says `use crate::pages::filters;`.
#![expect(
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the signature that filters have, and what their attribute writes"
)]

use std::fmt::{self, Display};

use askama::filters::{Html, HtmlSafe, escape};
use askama::{Result, Values};

use super::assets;

/// A name of at most so many characters stays whole: the narrowest column of the log holds it.
const WHOLE: usize = 16;

/// The address of a file of `static/`: `{{ "app.css"|asset }}`.
#[askama::filter_fn]
pub fn asset(path: &str, _: &dyn Values) -> Result<String> {
    Ok(format!("/static/{}", assets::name(path)))
}

/// A number with its thousands apart: `{{ count|thousands }}`.
#[askama::filter_fn]
pub fn thousands(number: impl Display, _: &dyn Values) -> Result<String> {
    Ok(grouped(&number.to_string()))
}

/// One or several: `{{ count|counted("agent", "agents") }}` is `1 agent`, `2 agents`, `14,208 agents`.
#[askama::filter_fn]
pub fn counted(number: impl Display, _: &dyn Values, one: &str, several: &str) -> Result<String> {
    let number = number.to_string();
    let word = if number == "1" { one } else { several };
    Ok(format!("{} {word}", grouped(&number)))
}

/// A name that is broken behind a dot, a stroke or an underscore, where it has to be broken: `{{ row.what|breakable }}`.
#[askama::filter_fn]
pub fn breakable(name: impl Display, _: &dyn Values) -> Result<Breakable> {
    Ok(Breakable(name.to_string()))
}

/// A name, ready to be shown.
#[derive(Debug)]
pub struct Breakable(String);

impl Display for Breakable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = self.0.split_inclusive(['.', '/', '_']).peekable();
        let is_whole = self.0.chars().count() <= WHOLE;
        while let Some(word) = words.next() {
            let Ok(safe) = escape(word, Html);
            write!(f, "{safe}")?;
            if !is_whole && words.peek().is_some() {
                f.write_str("<wbr>")?;
            }
        }
        Ok(())
    }
}

impl HtmlSafe for Breakable {}

/// Puts a comma between thousands.
pub(super) fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Breakable, grouped};

    #[test]
    fn long_names_are_broken_between_words_alone() {
        for (name, shown) in [
            ("search_notes", "search_notes"),
            ("member_invitation.create", "member_<wbr>invitation.<wbr>create"),
            ("notifications/initialized", "notifications/<wbr>initialized"),
            (
                "<b>_<i>_and_so_on_and_on",
                "&#60;b&#62;_<wbr>&#60;i&#62;_<wbr>and_<wbr>so_<wbr>on_<wbr>and_<wbr>on",
            ),
            ("withoutanyplacetobreakit_", "withoutanyplacetobreakit_"),
        ] {
            assert_eq!(Breakable(name.to_owned()).to_string(), shown);
        }
    }

    #[test]
    fn thousands_are_apart() {
        for (given, shown) in [("0", "0"), ("912", "912"), ("14208", "14,208"), ("-1000000", "-1,000,000")] {
            assert_eq!(grouped(given), shown);
        }
    }
}
