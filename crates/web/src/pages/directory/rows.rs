//! What the page shows of groups and keys.

use chrono::{DateTime, Utc};
use keys::public_id;
use model::{Gives, GroupId, Holder, OrganizationId, OrganizationRole, Snapshot};

/// A key of the directory.
pub(super) struct KeyRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) shown_as: String,
    pub(super) state: &'static str,
    pub(super) ends_at: Option<DateTime<Utc>>,
    pub(super) counts: bool,
}

/// A group and what it gives.
pub(super) struct GroupRow {
    pub(super) id: GroupId,
    pub(super) name: String,
    pub(super) members: usize,
    pub(super) gives: Vec<GivenRow>,
}

/// One thing that a group gives.
pub(super) struct GivenRow {
    pub(super) id: String,
    pub(super) what: String,
}

/// The keys that still mean something: those that count, and the last that ended.
pub(super) fn keys(facts: &Snapshot, organization: OrganizationId, now: DateTime<Utc>) -> Vec<KeyRow> {
    let of = facts.keys_of(Holder::Directory(organization));
    let mut rows: Vec<KeyRow> = of
        .map(|key| KeyRow {
            id: key.id.to_string(),
            name: key.name.to_string(),
            shown_as: public_id(key.holder.key_kind(), key.id),
            state: key.state_at(now),
            ends_at: key.effective_end(),
            counts: key.counts_at(now),
        })
        .collect();
    rows.sort_by_key(|row| (!row.counts, row.name.clone()));
    rows
}

/// The groups, in the order of their names.
pub(super) fn groups(facts: &Snapshot) -> Vec<GroupRow> {
    let mut rows: Vec<GroupRow> = facts
        .list_groups(None)
        .map(|group| GroupRow {
            id: group.id,
            name: group.name.to_string(),
            members: facts.members_of(group.id).count(),
            gives: facts
                .given_by(group.id)
                .map(|mapping| GivenRow { id: mapping.id.to_string(), what: given(facts, mapping.gives) })
                .collect(),
        })
        .collect();
    rows.sort_by_key(|row| row.name.to_lowercase());
    rows
}

/// What is given, in words.
pub(super) fn given(facts: &Snapshot, gives: Gives) -> String {
    match gives {
        Gives::OrganizationRole { role } => format!("{} of the organization", role_name(role)),
        Gives::WorkspaceRole { workspace, role } => {
            let role = facts.role(role).map(|role| role.name.to_string()).unwrap_or_default();
            let workspace =
                facts.workspace(workspace).map(|place| place.name.to_string()).unwrap_or_default();
            format!("{role} in {workspace}")
        }
    }
}

/// A role in the organization, as people read it.
pub(super) fn role_name(role: OrganizationRole) -> &'static str {
    match role {
        OrganizationRole::Guest => "Guest",
        OrganizationRole::Auditor => "Auditor",
        OrganizationRole::Member => "Member",
        OrganizationRole::Admin => "Admin",
        OrganizationRole::Owner => "Owner",
    }
}
