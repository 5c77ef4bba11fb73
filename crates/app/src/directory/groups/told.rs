use std::collections::BTreeSet;

use model::{GroupId, Name, UserId};

use crate::directory::people::{external_id, taken};
use crate::{Error, Planning};

/// People in one group: more than any directory is known to push, and a bound on what one change can write.
const MEMBERS_LIMIT: usize = 50_000;

/// What the directory tells of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What it calls it.
    pub name: Name,
    /// Its own id of it.
    pub external_id: Option<String>,
    /// Who is in it.
    pub members: BTreeSet<UserId>,
}

/// Checks what can be told, and that its id in the directory is no other group's.
pub(super) fn check(planning: &Planning<'_>, group: GroupId, told: &Told) -> Result<(), Error> {
    external_id(told.external_id.as_ref())?;
    let same = |other: &model::Group| other.id != group && other.external_id == told.external_id;
    if told.external_id.is_some() && planning.facts.list_groups(None).any(|other| same(other)) {
        return Err(taken("externalId"));
    }
    if told.members.len() > MEMBERS_LIMIT {
        return Err(Error::invalid("members", format!("at most {MEMBERS_LIMIT} members")));
    }
    let unknown = told.members.iter().find(|user| planning.facts.directory_user(**user).is_none());
    match unknown {
        Some(user) => Err(Error::invalid("members", format!("the directory has brought no user `{user}`"))),
        None => Ok(()),
    }
}
