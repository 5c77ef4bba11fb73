use std::collections::BTreeSet;

use decision::{Action, On};
use model::{Edit, Group, GroupId, GroupMember, UserId};

use super::told::{Told, check};
use crate::directory::after;
use crate::{Error, Plan, Planning};

/// Takes over what the directory now tells of a group. Who came into it has what it gives in the same revision, and who
/// left it no longer has.
pub fn replace(planning: &Planning<'_>, id: GroupId, told: Told) -> Result<Plan<()>, Error> {
    let before = planning.group(id)?.clone();
    let permit = planning.permit(Action::GroupUpdate, On::Group(id))?;
    check(planning, id, &told)?;
    let were: BTreeSet<UserId> = planning.facts.members_of(id).collect();
    let moved: BTreeSet<UserId> = were.symmetric_difference(&told.members).copied().collect();
    let said = Group { name: told.name, external_id: told.external_id, ..before.clone() };
    let mut edits = Vec::new();
    if said != before || !moved.is_empty() {
        edits.push(Edit::update(before, Group { modified_at: planning.now, ..said }));
    }
    edits.extend(
        were.difference(&told.members).map(|user| Edit::remove(GroupMember { group: id, user: *user })),
    );
    edits.extend(
        told.members.difference(&were).map(|user| Edit::create(GroupMember { group: id, user: *user })),
    );
    Ok(Plan::new(permit, after(planning, edits, &moved), ()))
}
