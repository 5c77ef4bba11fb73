use url::form_urlencoded::byte_serialize;

/// A way on that is longer leads nowhere of ours.
const LONGEST: usize = 2_000;

/// A path of ours to go on to, or none: never another site (`//…`, `/\…`), never what browsers would quietly turn into
/// one, never a page that would send the person round again.
pub fn local_path(text: &str) -> Option<&str> {
    let plain = text.bytes().all(|byte| (b'!'..=b'~').contains(&byte) && byte != b'\\');
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let rooted = path.starts_with('/') && !path.starts_with("//");
    let round = ["/sign-in", "/sign-out", "/step-up", "/sso"].iter().any(|page| is_under(path, page));
    (plain && rooted && !round && text.len() <= LONGEST).then_some(text)
}

fn is_under(path: &str, page: &str) -> bool {
    path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The address of a page that leads on to `next` afterwards.
pub(crate) fn leading_to(page: &str, next: &str) -> String {
    match local_path(next) {
        Some("/") | None => page.to_owned(),
        Some(next) => format!("{page}?next={}", byte_serialize(next.as_bytes()).collect::<String>()),
    }
}

/// The address at which a person proves again who they are, and goes on to `next`.
pub fn step_up_path(next: &str) -> String {
    leading_to("/step-up", next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_on_to() {
        for path in ["/", "/o/northwind", "/o/northwind/agents?after=1&q=%2F#top", "/o/x?u=https://a.example"]
        {
            assert_eq!(local_path(path), Some(path));
        }
        for elsewhere in [
            "",
            "o/northwind",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/o\\..\\evil",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/o/\r\nset-cookie: a=b",
            "/ /evil.example",
            " /o",
            "/o/\u{202e}",
            "/sign-in",
            "/sign-in/link/abc",
            "/sign-out",
            "/step-up?next=/step-up",
        ] {
            assert_eq!(local_path(elsewhere), None, "{elsewhere:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn a_way_on_is_escaped_into_the_address() {
        assert_eq!(leading_to("/sign-in", "/o/a?b=c&d"), "/sign-in?next=%2Fo%2Fa%3Fb%3Dc%26d");
        assert_eq!(leading_to("/sign-in", "//evil.example"), "/sign-in");
        assert_eq!(leading_to("/sign-in", "/"), "/sign-in");
    }
}
