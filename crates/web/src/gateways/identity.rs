//! The headers that tell the server behind the gateway who acts.

use std::fmt::Write;

use actix_web::http::header::{HeaderName, HeaderValue};
use decision::Record;
use uuid::Uuid;

/// All of them. A gateway removes every copy that a client sends, also of those that are not set on an answer.
pub(crate) const NAMES: [&str; 8] = [
    "x-answerable-actor",
    "x-answerable-actor-kind",
    "x-answerable-actor-name",
    "x-answerable-owner",
    "x-answerable-on-behalf-of",
    "x-answerable-workspace",
    "x-answerable-run-id",
    "x-answerable-decision-id",
];

/// The headers for an allowed call, by name. None: there is nothing to say.
pub(crate) fn headers(record: &Record) -> impl Iterator<Item = (HeaderName, Option<HeaderValue>)> {
    let decision = &record.decision;
    let actor = decision.actor.as_ref();
    let values = [
        actor.and_then(|party| id(party.id.uuid())),
        actor.map(|party| HeaderValue::from_static(party.id.kind().as_str())),
        actor.and_then(|party| text(&party.name)),
        decision.owner.as_ref().and_then(|owner| id(owner.id.uuid())),
        record.on_behalf_of.as_ref().and_then(|person| id(person.id.uuid())),
        decision.workspace.as_ref().and_then(|place| text(&place.name)),
        record.run.and_then(|run| id(run.uuid())),
        id(record.id.uuid()),
    ];
    NAMES.into_iter().map(HeaderName::from_static).zip(values)
}

fn id(uuid: Uuid) -> Option<HeaderValue> {
    let mut buffer = Uuid::encode_buffer();
    HeaderValue::from_str(uuid.hyphenated().encode_lower(&mut buffer)).ok()
}

/// A text as a header can carry it: whatever is not visible ASCII is percent-encoded, the percent sign too, so that
/// no name can begin a header of its own and every one can be read back.
fn text(text: &str) -> Option<HeaderValue> {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'%' => encoded.push_str("%25"),
            b' '..=b'~' => encoded.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    HeaderValue::from_str(&encoded).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_cannot_break_out() {
        for (given, expected) in [
            ("release-bot", "release-bot"),
            ("Bot 7", "Bot 7"),
            ("100%", "100%25"),
            ("Zoë", "Zo%C3%AB"),
            ("a\r\nX-Answerable-Owner: me", "a%0D%0AX-Answerable-Owner: me"),
        ] {
            assert_eq!(text(given).expect("a value"), expected);
        }
    }

    proptest! {
        #[test]
        fn every_name_fits_into_a_header(name in any::<String>()) {
            let value = text(&name).expect("a value");
            prop_assert!(value.as_bytes().iter().all(|byte| (b' '..=b'~').contains(byte)));
        }
    }
}
