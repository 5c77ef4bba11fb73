//! Which passwords are taken (security.md S8): long ones that are not on everybody's list. No rule about kinds of
//! letters: they make people write `Password1!`.

use std::collections::BTreeSet;

use super::common_passwords::is_common;

/// NIST SP 800-63B: long enough that guessing offline is hopeless.
pub const SHORTEST_PASSWORD: usize = 15;
/// Hashing costs the same for any length, reading it does not.
pub const LONGEST_PASSWORD: usize = 256;

/// What long passwords of the lists of leaked ones are made of, again and again: without these words and their
/// digits, hardly anything of such a password is left.
const WORDS: &[&str] = &[
    "administrator",
    "answerable",
    "password",
    "passwort",
    "iloveyou",
    "football",
    "baseball",
    "princess",
    "sunshine",
    "superman",
    "computer",
    "internet",
    "trustno",
    "starwars",
    "whatever",
    "michelle",
    "jennifer",
    "welcome",
    "letmein",
    "default",
    "changeme",
    "qwertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfgh",
    "zaqxsw",
    "qazwsx",
    "monkey",
    "dragon",
    "master",
    "shadow",
    "secret",
    "summer",
    "winter",
    "spring",
    "autumn",
    "login",
    "admin",
    "guest",
    "hello",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdef",
    "abc",
    "test",
    "user",
    "root",
    "pass",
    "love",
];

/// Fewer different letters than this outside the words above are a pattern, not a password.
const DIFFERENT_LETTERS: usize = 6;

/// Why a password is not taken. `personal` is what everybody knows of the person: name and login.
pub(super) fn objection(password: &str, personal: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Some(format!("use at least {SHORTEST_PASSWORD} characters; several words are fine"));
    }
    if length > LONGEST_PASSWORD {
        return Some(format!("use at most {LONGEST_PASSWORD} characters"));
    }
    if is_common(password) || is_guessable(password, personal) {
        return Some(
            "this one is among the first that are tried; use words that do not belong together".to_owned(),
        );
    }
    None
}

fn is_guessable(password: &str, personal: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let mut rest: String = lower.chars().map(plain).collect();
    let known = personal.iter().flat_map(|text| text.split([' ', '@', '.', '-', '_']));
    let known: Vec<String> = known
        .filter(|part| part.chars().count() > 2)
        .map(|part| part.to_lowercase().chars().map(plain).collect())
        .collect();
    for word in WORDS.iter().copied().chain(known.iter().map(String::as_str)) {
        rest = rest.replace(word, "");
    }
    // A letter that a digit stands for counts as one only where the password has it as a letter too.
    let letters: BTreeSet<char> =
        rest.chars().filter(|letter| letter.is_alphabetic() && lower.contains(*letter)).collect();
    let digits = lower.chars().filter(char::is_ascii_digit).collect::<BTreeSet<_>>().len();
    // A run of digits is what a pattern ends in, so all of them together are worth two letters.
    letters.len() + (digits / 2).min(2) < DIFFERENT_LETTERS
}

/// The letter that a digit or sign stands for in `P4$$w0rd`.
fn plain(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_ones_of_the_lists_are_refused() {
        for known in [
            "short",
            "fourteen chars",
            "passwordpassword",
            "Password123456789",
            "P4$$w0rdP4$$w0rd!",
            "qwertyuiopasdfgh",
            "123456789012345",
            "aaaaaaaaaaaaaaaaaaaa",
            "abababababababab",
            "iloveyou iloveyou",
            "WelcomeAdmin2026!!",
            "maya.chen.northwind",
            "letmeinletmeinletmein",
            "Correct Horse Battery Staple",
            "the-quick-brown-fox",
        ] {
            assert!(objection(known, &["Maya Chen", "maya@northwind.example"]).is_some(), "{known}");
        }
        assert!(objection(&"long".repeat(100), &[]).is_some());
    }

    #[test]
    fn words_that_do_not_belong_together_are_taken() {
        for good in
            ["amber lantern seven rivers", "violet kettle 9 drums", "xK9#vQ2mL7pR4wZ", "größere Äpfel bald"]
        {
            assert_eq!(objection(good, &["Maya Chen", "maya@northwind.example"]), None, "{good}");
        }
    }
}
