//! Seals: the picture of everyone who acts. One shape for people, agents and robots, drawn from the id alone, so that
//! it is the same on every page; an agent has engraved rings and its owner's seal, a robot its organization's.

mod shapes;

use std::fmt;

use askama::filters::{Html, HtmlSafe, escape};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::assets;

/// Grounds in the stylesheet (`.h0` to `.h11`).
const HUES: u8 = 12;

/// A picture, as an `<svg>` that only decorates: the words stand beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    hue: u8,
    initials: String,
    rings: Option<[Ring; 2]>,
    second: Option<(u8, String)>,
    size: &'static str,
}

/// One engraved ring: which shape, and how far it is turned, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ring {
    shape: u8,
    turned: u16,
}

impl Seal {
    /// A person's, or anything else's that has no owner: initials on a flat ground.
    pub fn person(id: Uuid, name: &str) -> Self {
        Self { hue: hue(id), initials: initials(name), rings: None, second: None, size: "" }
    }

    /// An agent's: rings, and the seal of the person who answers for it.
    pub fn agent(id: Uuid, name: &str, owner: Uuid, owner_name: &str) -> Self {
        Self {
            rings: Some(rings(id)),
            second: Some((hue(owner), initials(owner_name))),
            ..Self::person(id, name)
        }
    }

    /// A robot's: rings, and the seal of its organization.
    pub fn robot(id: Uuid, name: &str, organization: Uuid, organization_name: &str) -> Self {
        Self::agent(id, name, organization, organization_name)
    }

    /// 24 px, for lists in lines of text.
    #[must_use]
    pub fn small(self) -> Self {
        Self { size: " small", ..self }
    }

    /// 72 px, for the head of a profile.
    #[must_use]
    pub fn large(self) -> Self {
        Self { size: " large", ..self }
    }
}

fn digest(id: Uuid) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}

fn hue(id: Uuid) -> u8 {
    digest(id)[0] % HUES
}

fn rings(id: Uuid) -> [Ring; 2] {
    let [_, outer, outer_high, outer_low, inner, inner_high, inner_low, ..] = digest(id);
    let ring = |shape: u8, high: u8, low: u8| Ring {
        shape: shape % shapes::COUNT,
        turned: u16::from_be_bytes([high, low]) % 360,
    };
    [ring(outer, outer_high, outer_low), ring(inner, inner_high, inner_low)]
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).take(2).collect()
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<svg class=\"seal{}\" viewBox=\"0 0 40 40\" aria-hidden=\"true\">", self.size)?;
        write!(f, "<g class=\"h{}\"><circle class=\"ground\" cx=\"20\" cy=\"20\" r=\"20\"/>", self.hue)?;
        for ring in self.rings.iter().flatten() {
            let sprite = assets::name("seals.svg");
            write!(
                f,
                "<use class=\"ring\" href=\"/static/{sprite}#r{}\" transform=\"rotate({} 20 20)\"/>",
                ring.shape, ring.turned
            )?;
        }
        // Beside the second seal the letters stand a little higher and to the left of it.
        write!(f, "<text x=\"20\" y=\"24.5\">{}</text></g>", escaped(&self.initials))?;
        if let Some((hue, initials)) = &self.second {
            write!(
                f,
                "<circle class=\"cut\" cx=\"33\" cy=\"33\" r=\"9\"/><g class=\"h{hue}\">\
                 <circle class=\"second\" cx=\"33\" cy=\"33\" r=\"7.5\"/><text class=\"tiny\" x=\"33\" y=\"35.3\">{}</text></g>",
                escaped(initials)
            )?;
        }
        f.write_str("</svg>")
    }
}

fn escaped(text: &str) -> impl fmt::Display + '_ {
    let Ok(safe) = escape(text, Html);
    safe
}

/// Its only text from outside is the initials, which are escaped.
impl HtmlSafe for Seal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, shown) in [
            ("Maya Chen", "MC"),
            ("Invoice  Reconciler", "IR"),
            ("Ana Maria da Silva", "AS"),
            ("prince", "P"),
            ("<b> \"x\"", "BX"),
            ("🙂", ""),
            ("ß straße", "SS"),
        ] {
            assert_eq!(initials(name), shown, "{name}");
        }
    }

    #[test]
    fn the_same_id_has_the_same_seal_and_another_has_another() {
        let of = |n: u128| Seal::agent(Uuid::from_u128(n), "A", Uuid::from_u128(9), "B").to_string();
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
    }
}
