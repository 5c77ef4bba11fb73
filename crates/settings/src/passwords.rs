//! `[passwords]`: what is asked about passwords that people set here.

use url::Url;

use crate::reader::Reader;

/// Settings of passwords.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passwords {
    /// `ANSWERABLE_PASSWORDS__BREACH_RANGES_URL`, default none: the address of a service that knows leaked passwords,
    /// up to the first five digits of the SHA-1 that it is asked for, such as
    /// `https://api.pwnedpasswords.com/range/`. None, because not every installation may ask somebody outside. Held
    /// with a slash at the end.
    pub breach_ranges_url: Option<String>,
}

impl Passwords {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let expected =
            "an `https://` address such as `https://api.pwnedpasswords.com/range/`, or nothing for none";
        let url = reader.read(("passwords", "breach_ranges_url"), String::new(), expected, parse);
        Self { breach_ranges_url: Some(url).filter(|url| !url.is_empty()) }
    }
}

fn parse(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some(String::new());
    }
    let url = Url::parse(text.trim()).ok()?;
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.has_host();
    let is_right = is_plain && matches!(url.scheme(), "http" | "https");
    is_right.then(|| format!("{}/", url.as_str().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn it_is_an_address_that_something_can_be_put_behind() {
        let range = Some("https://api.pwnedpasswords.com/range/".to_owned());
        assert_eq!(parse("https://api.pwnedpasswords.com/range"), range);
        assert_eq!(parse(" https://api.pwnedpasswords.com/range/ "), range);
        assert_eq!(parse(""), Some(String::new()));
        for wrong in
            ["api.pwnedpasswords.com", "ftp://a.example/", "https://a.example/?q=", "https://a.example/#x"]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
