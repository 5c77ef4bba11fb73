use std::collections::BTreeSet;

use model::{Edit, Snapshot, UserId, groups};

use crate::Planning;

/// The facts as they will be after these edits.
fn shown(facts: &Snapshot, edits: &[Edit]) -> Snapshot {
    let mut after = facts.clone();
    for edit in edits {
        after.edit(edit);
    }
    after
}

/// The edits, with what groups then give to these people, or take from them.
pub(super) fn after(planning: &Planning<'_>, mut edits: Vec<Edit>, people: &BTreeSet<UserId>) -> Vec<Edit> {
    let because = planning.because("no longer given by a group of the directory");
    let settled = groups::settle(&shown(planning.facts, &edits), people, &because);
    edits.extend(settled);
    edits
}
