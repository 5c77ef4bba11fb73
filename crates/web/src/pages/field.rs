//! Forms: what a field shows, and what is wrong with it. What was typed is never lost.

use crate::problem::FieldError;

/// A field of a form, for the macros of `macros/form.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldView {
    /// Its name on the wire, and its id.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// A sentence under the label. Empty: none.
    pub hint: String,
    /// What was typed, or what there is.
    pub value: String,
    /// What is wrong with it. Empty: nothing.
    pub error: String,
    /// What it may be, where it is chosen from a list.
    pub choices: Vec<Choice>,
    /// `autocomplete` (WCAG 1.3.5): `email`, `name`. Empty: `off`.
    pub autocomplete: &'static str,
    /// Whether it may be left empty.
    pub is_optional: bool,
}

/// One of a list to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Its value on the wire.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// What follows from it. Empty: nothing to say.
    pub hint: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

impl FieldView {
    /// A field that is empty and right.
    pub fn new(name: &'static str, label: impl Into<String>) -> Self {
        Self { name, label: label.into(), ..Self::default() }
    }

    /// Why something is done, which may be left unsaid.
    pub fn reason(given: impl Into<String>) -> Self {
        Self::new("reason", "Reason").hint("Kept in the evidence.").value(given).optional()
    }

    /// With a sentence under its label.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// With what was typed.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        let value = value.into();
        let mut field = Self { value, ..self };
        for choice in &mut field.choices {
            choice.is_chosen = choice.value == field.value;
        }
        field
    }

    /// With a list to choose from; what was typed is chosen in it.
    #[must_use]
    pub fn choices(self, choices: impl IntoIterator<Item = Choice>) -> Self {
        let mut field = Self { choices: choices.into_iter().collect(), ..self };
        for choice in field.choices.iter_mut().filter(|_| !field.value.is_empty()) {
            choice.is_chosen = choice.value == field.value;
        }
        field
    }

    /// With what browsers may fill in.
    #[must_use]
    pub fn autocomplete(self, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..self }
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// With what is wrong with it, of everything that is.
    #[must_use]
    pub fn wrong(self, errors: &Errors) -> Self {
        let error = errors.of(self.name).unwrap_or_default().to_owned();
        Self { error, ..self }
    }

    /// What describes it: the ids of its hint and its error.
    pub fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = (!self.error.is_empty()).then(|| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

impl Choice {
    /// One that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// With what follows from it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

/// What is wrong with a form: for the summary at its top, and for each field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// Nothing yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// Notes what is wrong with a field. An empty name: with the form as a whole.
    pub fn add(&mut self, field: &'static str, what: impl Into<String>) {
        self.0.push((field, what.into()));
    }

    /// The same, as it is built.
    #[must_use]
    pub fn with(mut self, field: &'static str, what: impl Into<String>) -> Self {
        self.add(field, what);
        self
    }

    /// What a use case said is wrong, where its fields are named like those of the form.
    pub fn from_fields(errors: &[FieldError], fields: &[&'static str]) -> Self {
        let named = |error: &FieldError| fields.iter().copied().find(|field| *field == error.field);
        Self(errors.iter().map(|error| (named(error).unwrap_or(""), sentence(&error.reason))).collect())
    }

    /// Notes what is wrong with a field, in words that become a sentence.
    pub fn note(&mut self, field: &'static str, what: &str) {
        self.0.push((field, sentence(what)));
    }

    /// The same, as it is built.
    #[must_use]
    pub fn noting(mut self, field: &'static str, what: &str) -> Self {
        self.note(field, what);
        self
    }

    /// All of it in one line of text, where there is no form to show it beside.
    pub fn text(&self) -> String {
        self.0.iter().map(|(_, what)| what.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of it: the field, and what is wrong with it.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static str, String)> {
        self.0.iter()
    }

    /// What is wrong with one field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, what)| what.as_str())
    }
}

/// The words of an error as a sentence: its first letter large, a full stop at its end.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
