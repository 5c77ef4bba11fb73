use std::borrow::Cow;

use model::KeyKind;

use crate::token::{ID_LENGTH, PREFIX};
use crate::{invitation_link, stream_token};

/// Letters of a kind and the underscore after them.
const KIND_LENGTH: usize = 3;
/// The part of a prefix that could still be read as the end of the token before it: `ans`.
const OVERLAP: usize = 3;

/// Replaces every token in a text by its public id, and cuts the secrets off links of invitations and off tokens of
/// streams of signals, for logs and error pages.
///
/// Errs on the safe side: it asks for no word boundary, no right length and no right checksum, since a token that
/// was cut short or glued to something else still gives away most of its secret. What is cut away is every digit
/// and letter after the id.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut clean = String::new();
    let mut rest = text;
    while let Some((before, after)) = next_secret(rest) {
        clean.push_str(before);
        rest = after;
    }
    if rest.len() == text.len() {
        return others(text);
    }
    clean.push_str(rest);
    Cow::Owned(others(&clean).into_owned())
}

/// Hides what is a secret and no key.
fn others(text: &str) -> Cow<'_, str> {
    match invitation_link::hide(text) {
        Cow::Borrowed(text) => stream_token::hide(text),
        Cow::Owned(text) => Cow::Owned(stream_token::hide(&text).into_owned()),
    }
}

/// Cuts away whatever follows a mark and is made of such bytes, where that is more of them than may be shown.
pub(crate) fn hide_after<'t>(
    text: &'t str,
    mark: &str,
    is_of_secret: fn(&u8) -> bool,
    shown: usize,
) -> Cow<'t, str> {
    let mut parts = text.split(mark);
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let run = part.bytes().take_while(is_of_secret).count();
        clean.push_str(mark);
        clean.push_str(part.get(if run > shown { run } else { 0 }..).unwrap_or_default());
    }
    if clean.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(clean) }
}

/// Splits around the first secret: what may be shown before it, and what follows it.
fn next_secret(text: &str) -> Option<(&str, &str)> {
    text.match_indices(PREFIX).find_map(|(at, _)| {
        let body = at + body_offset(text.get(at..)?)?;
        let run = secret_run(text.get(body..)?);
        let shown = text.get(..body + ID_LENGTH)?;
        (run > ID_LENGTH).then_some((shown, text.get(body + run..)?))
    })
}

/// Where the id begins, if the text begins like a token.
fn body_offset(text: &str) -> Option<usize> {
    let after = text.strip_prefix(PREFIX)?;
    let (letters, _) = after.split_once('_')?;
    KeyKind::of(letters).map(|_| PREFIX.len() + KIND_LENGTH)
}

/// How many digits and letters the text begins with, stopping before a token that follows without a gap.
fn secret_run(text: &str) -> usize {
    let run = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let overlap = run.saturating_sub(OVERLAP);
    let followed = text.get(overlap..).is_some_and(|tail| body_offset(tail).is_some());
    if followed { overlap } else { run }
}
