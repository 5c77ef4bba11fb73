//! Where a thing stands in a sorted list, and so where its next page goes on.

use std::fmt;

/// Where a thing stands: by what the list is sorted by, then by its id. No two stand at one place, so a page goes on
/// exactly where the last one ended, also where that thing is gone meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    key: String,
    id: String,
}

impl Place {
    /// By nothing but its id.
    pub(crate) fn of(id: impl fmt::Display) -> Self {
        Self { key: String::new(), id: id.to_string() }
    }

    /// By a text, whatever its case.
    pub(crate) fn by_text(text: &str, id: impl fmt::Display) -> Self {
        Self { key: text.to_lowercase(), id: id.to_string() }
    }

    /// By a number, the least first, and by a text among equals.
    pub(crate) fn by_least(number: u64, then: &str, id: impl fmt::Display) -> Self {
        // Digits of one width stand as their numbers do.
        Self { key: format!("{number:020}.{}", then.to_lowercase()), id: id.to_string() }
    }

    /// By a number, the greatest first, and by a text among equals.
    pub(crate) fn by_most(number: u64, then: &str, id: impl fmt::Display) -> Self {
        Self::by_least(u64::MAX - number, then, id)
    }

    /// A place in a list that is sorted by something (`is_keyed`), or by ids alone. None: the text is no such place.
    pub(crate) fn read<Id: std::str::FromStr>(text: &str, is_keyed: bool) -> Option<Self> {
        let (key, id) = if is_keyed { text.rsplit_once('.')? } else { ("", text) };
        id.parse::<Id>().ok()?;
        Some(Self { key: key.to_owned(), id: id.to_owned() })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => f.write_str(&self.id),
            key => write!(f, "{key}.{}", self.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_numbers_and_texts_whatever_their_case() {
        assert!(Place::by_least(9, "z", 1) < Place::by_least(10, "a", 1));
        assert!(Place::by_most(9, "a", 1) > Place::by_most(10, "z", 1));
        assert!(Place::by_most(7, "A", 2) < Place::by_most(7, "b", 1));
        assert!(Place::by_text("a.b", 1) < Place::by_text("B", 1));
    }

    #[test]
    fn a_place_survives_its_text() {
        for place in [Place::by_text("a. B", 7), Place::by_most(3, "x.y", 7), Place::by_least(0, "", 7)] {
            assert_eq!(Place::read::<u8>(&place.to_string(), true), Some(place));
        }
        assert_eq!(Place::read::<u8>(&Place::of(7).to_string(), false), Some(Place::of(7)));
        // A place of another order is none of this one.
        assert_eq!(Place::read::<u8>("7", true), None);
        assert_eq!(Place::read::<u8>("name.7", false), None);
        assert_eq!(Place::read::<u8>("name.x", true), None);
    }
}
