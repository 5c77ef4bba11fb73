//! Filters of the templates. A file with a template says `use crate::pages::filters;`.
#![expect(
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the signature that filters have, and what their attribute writes"
)]

use std::fmt::Display;

use askama::{Result, Values};

use super::assets;

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
    use super::grouped;

    #[test]
    fn thousands_are_apart() {
        for (given, shown) in [("0", "0"), ("912", "912"), ("14208", "14,208"), ("-1000000", "-1,000,000")] {
            assert_eq!(grouped(given), shown);
        }
    }
}
