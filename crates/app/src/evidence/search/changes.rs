//! The same line of text, asked of the changes.

use decision::{Action, On};
use model::{FactKind, OrganizationId, Snapshot, Timestamp};
use store::{ChangeCursor, ChangeMatches, ChangeSearch, FoundChanges, Page};
use uuid::Uuid;

use super::fields::moment;
use super::{Query, QueryError};
use crate::{App, Error, Reading};

/// The fields that changes have, each with what may stand after it.
pub const CHANGE_FIELDS: [(&str, &str); 7] = [
    ("actor", "who changed it, by name or id"),
    ("owner", "who answered for the agent that it is of, or whose key it is of, by name or id"),
    ("kind", "what was changed: agent, key, grant, workspace_membership and so on"),
    ("action", "what was done, for example agent.pause or key.*"),
    ("target", "the id of what was changed"),
    ("since", "from when: 15m, 24h, 7d, or a moment"),
    ("until", "until when: 15m, 24h, 7d ago, or a moment"),
];

impl App {
    /// The changes that a query means, newest first.
    pub async fn search_changes(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        query: &Query,
        page: Page<ChangeCursor>,
    ) -> Result<FoundChanges, Error> {
        reading.check(Action::ChangeRead, On::Organization)?;
        let search = self.change_search_of(reading, query)?;
        Ok(self.store.search_changes(organization, &search, page).await?)
    }
}

impl Query {
    /// What it searches for among the changes.
    pub fn change_search(&self, facts: &Snapshot, now: Timestamp) -> Result<ChangeSearch, QueryError> {
        let mut search = ChangeSearch::default();
        for word in &self.words {
            let Some(field) = &word.field else {
                search.terms.push((ChangeMatches::Text(word.value.clone()), word.negated));
                continue;
            };
            let wrong =
                |expected| QueryError::Value { field: field.clone(), value: word.value.clone(), expected };
            let when = || {
                moment(&word.value, now).filter(|_| !word.negated).ok_or(wrong("15m, 24h, 7d or a moment"))
            };
            match field.as_str() {
                "since" => search.from = Some(when()?),
                "until" => search.until = Some(when()?),
                name => {
                    let found = matches(name, &word.value, facts).ok_or_else(|| {
                        QueryError::NotOfChanges { field: field.clone(), value: word.value.clone() }
                    })?;
                    search.terms.push((found, word.negated));
                }
            }
        }
        Ok(search)
    }
}

fn matches(field: &str, value: &str, facts: &Snapshot) -> Option<ChangeMatches> {
    let text = || value.to_owned();
    Some(match field {
        "actor" => ChangeMatches::Actor(principals(value, facts)),
        "owner" => ChangeMatches::Owner(principals(value, facts)),
        "kind" => ChangeMatches::Kind(FactKind::of(value)?),
        "action" => match value.strip_suffix('*') {
            Some(prefix) => ChangeMatches::ActionPrefix(prefix.to_owned()),
            None => ChangeMatches::Action(text()),
        },
        "target" => ChangeMatches::Target(text()),
        _ => return None,
    })
}

/// Everybody of that id or present name: changes are kept with ids alone.
pub(super) fn principals(value: &str, facts: &Snapshot) -> Vec<Uuid> {
    if let Ok(id) = value.parse() {
        return vec![id];
    }
    let people = facts.list_members(None).filter_map(|member| facts.user(member.user));
    let people = people.filter(|user| user.name.as_str() == value).map(|user| user.id.uuid());
    let agents = facts.list_agents(None).filter(|agent| agent.name.as_str() == value);
    let robots = facts.list_robots(None).filter(|robot| robot.name.as_str() == value);
    people.chain(agents.map(|agent| agent.id.uuid())).chain(robots.map(|robot| robot.id.uuid())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(line: &str) -> Result<ChangeSearch, QueryError> {
        let now = "2026-11-02T14:00:00Z".parse().expect("a moment");
        Query::parse(line)?.change_search(&Snapshot::default(), now)
    }

    #[test]
    fn changes_have_fewer_fields_and_others_are_refused() {
        let terms = search("kind:agent -action:key.* target:x paused").expect("a search").terms;
        let expected = [
            (ChangeMatches::Kind(FactKind::Agent), false),
            (ChangeMatches::ActionPrefix("key.".to_owned()), true),
            (ChangeMatches::Target("x".to_owned()), false),
            (ChangeMatches::Text("paused".to_owned()), false),
        ];
        assert_eq!(terms, expected);
        for wrong in ["decision:deny", "kind:dog", "colour:red", "since:soon", "-until:1h"] {
            assert!(search(wrong).is_err(), "{wrong}");
        }
    }
}
