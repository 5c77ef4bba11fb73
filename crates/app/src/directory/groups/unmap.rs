use std::collections::BTreeSet;

use decision::{Action, On};
use model::{Edit, FactKind, GroupMapping, GroupMappingId, UserId};

use super::map::as_much_as;
use crate::directory::after;
use crate::{Error, Plan, Planning};

/// Lets a group no longer give something. Who had it only by that group loses it in the same revision.
pub fn unmap(planning: &Planning<'_>, id: GroupMappingId) -> Result<Plan<GroupMapping>, Error> {
    let unknown = Error::NotFound(FactKind::GroupMapping);
    let mapping = GroupMapping::clone(planning.facts.group_mapping(id).ok_or(unknown)?);
    let on = On::GroupGives(mapping.group, as_much_as(mapping.gives));
    let permit = planning.permit(Action::GroupMap, on)?;
    let people: BTreeSet<UserId> = planning.facts.members_of(mapping.group).collect();
    let edits = after(planning, vec![Edit::remove(mapping.clone())], &people);
    Ok(Plan::new(permit, edits, mapping))
}
