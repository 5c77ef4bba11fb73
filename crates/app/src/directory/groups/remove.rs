use std::collections::BTreeSet;

use decision::{Action, On};
use model::{Edit, GroupId, GroupMember, UserId};

use crate::directory::after;
use crate::{Error, Plan, Planning};

/// Removes a group, and from those in it what it gave.
pub fn remove(planning: &Planning<'_>, id: GroupId) -> Result<Plan<()>, Error> {
    let group = planning.group(id)?.clone();
    let permit = planning.permit(Action::GroupRemove, On::Group(id))?;
    let people: BTreeSet<UserId> = planning.facts.members_of(id).collect();
    let mut edits: Vec<Edit> =
        people.iter().map(|user| Edit::remove(GroupMember { group: id, user: *user })).collect();
    edits.extend(planning.facts.given_by(id).map(|mapping| Edit::remove((**mapping).clone())));
    edits.push(Edit::remove(group));
    Ok(Plan::new(permit, after(planning, edits, &people), ()))
}
