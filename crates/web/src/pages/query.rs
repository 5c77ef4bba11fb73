use url::form_urlencoded::Serializer;

/// The query of an address: `?q=maya&sort=agents`, without what is empty. Empty: nothing is asked for.
pub fn query(fields: &[(&str, &str)]) -> String {
    let mut pairs = Serializer::new(String::new());
    pairs.extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()));
    match pairs.finish() {
        text if text.is_empty() => text,
        text => format!("?{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        assert_eq!(query(&[("q", ""), ("sort", "")]), "");
        assert_eq!(query(&[("q", "a&b"), ("sort", ""), ("after", "x")]), "?q=a%26b&after=x");
    }
}
