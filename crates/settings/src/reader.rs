//! Turns raw values into typed ones and notes what could not be understood.

use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::given::{Given, RawValue};
use crate::mistakes::Mistake;

/// Hands each section its values. A value that is wrong is noted and the default stands in for it, so that the
/// sections after it are checked as well; `Settings::load` never returns such a stand-in.
pub(crate) struct Reader<'a> {
    given: &'a Given,
    mistakes: &'a mut Vec<Mistake>,
}

/// A field's place: its section and its name.
pub(crate) type Field = (&'static str, &'static str);

impl<'a> Reader<'a> {
    pub(crate) fn new(given: &'a Given, mistakes: &'a mut Vec<Mistake>) -> Self {
        Self { given, mistakes }
    }

    /// The field as `parse` understands it, or `default` if it was not given.
    pub(crate) fn read<T>(
        &mut self,
        field: Field,
        default: T,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        self.read_masked(field, default, expected, parse, str::to_owned)
    }

    /// Like `read`, for a field that may hold a secret: `mask` makes the form that may be shown.
    pub(crate) fn read_masked<T>(
        &mut self,
        field: Field,
        default: T,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
        mask: impl Fn(&str) -> String,
    ) -> T {
        let Some(RawValue { text, origin }) = self.given.get(field.0, field.1) else { return default };
        parse(text).unwrap_or_else(|| {
            self.mistakes.push(Mistake {
                field: format!("{}.{}", field.0, field.1),
                origin: origin.clone(),
                given: mask(text),
                expected: expected.to_owned(),
            });
            default
        })
    }

    /// A whole number within limits.
    pub(crate) fn number<T>(&mut self, field: Field, default: T, limits: RangeInclusive<T>, unit: &str) -> T
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let expected = format!("a whole number of {unit} from {} to {}", limits.start(), limits.end());
        self.read(field, default, &expected, |text| {
            text.parse().ok().filter(|number| limits.contains(number))
        })
    }

    /// Notes a mistake between fields that are each right alone. Blames `field`, wherever it came from.
    pub(crate) fn conflict(&mut self, field: Field, given: String, expected: String) {
        let origin = self.given.get(field.0, field.1).map_or("default", |raw| raw.origin.as_str());
        let origin = origin.to_owned();
        self.mistakes.push(Mistake { field: format!("{}.{}", field.0, field.1), origin, given, expected });
    }
}
