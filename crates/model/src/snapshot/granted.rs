//! The grants of one role on one server, found by the name of a tool.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::{Grant, GrantId, ToolPattern};

/// The grants of one role on one server, in the order of their ids.
///
/// Side by side, each beside a digest of the one name it is for: in a large organization nothing of this is in the
/// processor's cache, and to look into each grant for its pattern would cost three reads from memory each. Shared as
/// they lie, so that a copy costs nothing and no pointer stands in between; what comes or goes makes them anew.
#[derive(Debug, Clone, Default)]
pub(crate) struct Granted(Arc<[Line]>);

#[derive(Debug, Clone)]
struct Line {
    /// Of the name that the grant is for. None where it is for any that fit a pattern.
    name: Option<u64>,
    grant: Arc<Grant>,
}

impl Granted {
    /// Takes a grant in.
    pub(crate) fn insert(&mut self, grant: Arc<Grant>) {
        let line = Line { name: grant.tools.exact().map(digest), grant };
        let (before, after) = match self.place(line.grant.id) {
            Ok(there) => (there, there + 1),
            Err(here) => (here, here),
        };
        let lines = self.0.iter();
        self.0 =
            lines.clone().take(before).cloned().chain([line]).chain(lines.skip(after).cloned()).collect();
    }

    /// Takes a grant out.
    pub(crate) fn remove(&mut self, id: GrantId) {
        if self.place(id).is_ok() {
            self.0 = self.0.iter().filter(|line| line.grant.id != id).cloned().collect();
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Grant>> {
        self.0.iter().map(|line| &line.grant)
    }

    /// Those that may be for a tool of that name, and all that are. All of them where none is named.
    pub(crate) fn naming(&self, tool: Option<&str>) -> impl Iterator<Item = &Arc<Grant>> {
        let wanted = tool.map(digest);
        let fits = move |name: u64| wanted.is_none_or(|wanted| wanted == name);
        self.0.iter().filter(move |line| line.name.is_none_or(fits)).map(|line| &line.grant)
    }

    fn place(&self, id: GrantId) -> Result<usize, usize> {
        self.0.binary_search_by_key(&id, |line| line.grant.id)
    }
}

/// Not for keeping: another version may compute another.
fn digest(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

impl ToolPattern {
    /// The one name that it is for.
    fn exact(&self) -> Option<&str> {
        let name = self.as_str();
        (!name.contains('*')).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{RoleId, ServerId};

    fn grant(number: u8, tools: &str) -> Arc<Grant> {
        let uuid = Uuid::from_u128(u128::from(number));
        let (role, server) = (RoleId::from_uuid(uuid), ServerId::from_uuid(uuid));
        let id = GrantId::from_uuid(uuid);
        Arc::new(Grant { id, role, server, tools: tools.parse().unwrap(), constraints: Vec::new() })
    }

    proptest! {
        /// Whatever came and went: what may be for a tool is found, once, in the order of ids, as it was given last.
        #[test]
        fn finds_what_a_look_at_every_grant_finds(
            moves in prop::collection::vec((0_u8..12, "[ab*]{1,3}", any::<bool>()), 0..40),
            tool in "[ab]{1,3}",
        ) {
            let (mut granted, mut oracle) = (Granted::default(), std::collections::BTreeMap::new());
            for (number, tools, comes) in moves {
                let grant = grant(number, &tools);
                if comes {
                    granted.insert(Arc::clone(&grant));
                    oracle.insert(grant.id, grant);
                } else {
                    granted.remove(grant.id);
                    oracle.remove(&grant.id);
                }
            }
            prop_assert_eq!(granted.is_empty(), oracle.is_empty());
            prop_assert!(granted.iter().eq(oracle.values()));
            prop_assert!(granted.naming(None).eq(oracle.values()));
            let reaches = |grant: &&Arc<Grant>| grant.tools.matches(&tool);
            prop_assert!(granted.naming(Some(&tool)).filter(reaches).eq(oracle.values().filter(reaches)));
        }
    }
}
