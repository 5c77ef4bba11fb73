//! Hiding secrets in what is kept of a refused request.

use std::borrow::Cow;

use serde_json::Value;

/// What is kept of one request, in characters: enough to see the mistake in it.
const KEPT: usize = 4000;
/// What stands in the place of a secret.
const HIDDEN: &str = "(hidden)";

/// The text without secrets, cut to a length. NULs, which no text column takes, become spaces.
pub(super) fn masked(text: &str) -> String {
    let text = match serde_json::from_str::<Value>(text) {
        Ok(mut value) if value.is_object() => {
            hide(&mut value);
            Cow::Owned(value.to_string())
        }
        // What is not JSON cannot be looked through field by field.
        _ if mentions_secret(text) => Cow::Borrowed(HIDDEN),
        _ => Cow::Borrowed(text),
    };
    let cut: String = text.chars().take(KEPT).map(|c| if c == '\0' { ' ' } else { c }).collect();
    keys::redact(&cut).into_owned()
}

fn hide(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let password_op = object.get("path").and_then(Value::as_str).is_some_and(mentions_secret);
            for (name, value) in object.iter_mut() {
                if mentions_secret(name) || (password_op && name == "value") {
                    *value = HIDDEN.into();
                } else {
                    hide(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(hide),
        _ => {}
    }
}

fn mentions_secret(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["password", "secret", "token"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_keys_are_hidden_wherever_they_are() {
        let kept = masked(
            r#"{"userName":"a","password":"hunter2","Operations":[{"path":"password","value":"hunter2"}]}"#,
        );
        assert!(!kept.contains("hunter2"), "{kept}");
        assert!(kept.contains(r#""userName":"a""#), "{kept}");
        assert_eq!(masked(r#"{"password": "hunter2""#), HIDDEN);
        assert_eq!(masked("a\0b"), "a b");
        assert_eq!(masked(&"x".repeat(10_000)).len(), KEPT);
    }
}
