//! Choosing a person: from a list where they are few, by name where they are many.

use model::{Snapshot, UserId};

use super::form_page::Kind;
use super::{Choice, FieldView};

/// More people than this are typed and not scrolled through.
const LISTED: usize = 100;

/// A field that chooses one of these people. `none` is the first choice of a list, where nobody is one.
pub fn field(
    facts: &Snapshot,
    people: impl Iterator<Item = UserId>,
    field: FieldView,
    none: Option<&str>,
) -> (Kind, FieldView) {
    let mut choices: Vec<Choice> =
        people.map(|user| Choice::new(user.to_string(), label(facts, user))).collect();
    if choices.len() > LISTED {
        let hint = format!("{} Type a name, an e-mail address or an id.", field.hint);
        return (Kind::Text, field.hint(hint.trim_start()));
    }
    choices.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let none = none.map(|label| Choice::new("", label));
    (Kind::Select, field.choices(none.into_iter().chain(choices)))
}

/// A person as a list of people shows them: two of one name are told apart by where their mail goes.
pub fn label(facts: &Snapshot, user: UserId) -> String {
    let Some(person) = facts.user(user) else { return user.to_string() };
    match &person.email {
        Some(email) => format!("{} ({email})", person.name),
        None => person.name.to_string(),
    }
}

/// The one person of these that a text means: their id, their e-mail address, or a name that only one has.
pub fn resolve(facts: &Snapshot, people: impl Iterator<Item = UserId>, text: &str) -> Result<UserId, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("choose a person".to_owned());
    }
    let wanted = text.to_lowercase();
    let mut named: Vec<UserId> = Vec::new();
    for user in people {
        if user.to_string() == wanted {
            return Ok(user);
        }
        let Some(person) = facts.user(user) else { continue };
        let email = person.email.as_deref().map(str::to_lowercase);
        if person.name.as_str().to_lowercase() == wanted || email.as_deref() == Some(&wanted) {
            named.push(user);
        }
    }
    match named.as_slice() {
        [one] => Ok(*one),
        [] => Err(format!("nobody who can be chosen here is called `{text}`")),
        many => {
            let all: Vec<String> = many.iter().take(5).map(|user| label(facts, *user)).collect();
            let (count, all) = (many.len(), all.join(", "));
            Err(format!("{count} people are called that: {all}. Type the e-mail address or the id"))
        }
    }
}
