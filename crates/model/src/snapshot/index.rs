//! The indexes whose entries are gathered: several of one kind behind one key.

use std::sync::Arc;

use super::Index;
use crate::{Grant, WorkspaceMembership};

impl Index {
    /// A role carries a grant.
    pub(super) fn give(&mut self, grant: &Arc<Grant>) {
        self.servers_of.insert((grant.role, grant.server));
        let granted = self.grants_on.begin((grant.role, grant.server));
        Arc::make_mut(granted).insert(Arc::clone(grant));
    }

    /// A role carries a grant no more.
    pub(super) fn take_back(&mut self, grant: &Grant) {
        let key = (grant.role, grant.server);
        let Some(granted) = self.grants_on.get_mut(&key) else { return };
        Arc::make_mut(granted).remove(grant.id);
        if granted.is_empty() {
            self.grants_on.remove(&key);
            self.servers_of.remove(&key);
        }
    }

    /// A member holds a role.
    pub(super) fn hold(&mut self, membership: &WorkspaceMembership) {
        self.workspaces_of.insert((membership.member, membership.workspace));
        let held = self.roles_held.begin((membership.member, membership.workspace));
        let line = (membership.id, membership.role);
        match held.binary_search_by_key(&membership.id, |(id, _)| *id) {
            Ok(there) => held.splice(there..=there, [line]).for_each(drop),
            Err(after) => held.insert(after, line),
        }
    }

    /// A member holds a role no more.
    pub(super) fn give_up(&mut self, membership: &WorkspaceMembership) {
        let key = (membership.member, membership.workspace);
        let Some(held) = self.roles_held.get_mut(&key) else { return };
        held.retain(|(id, _)| *id != membership.id);
        if held.is_empty() {
            self.roles_held.remove(&key);
            self.workspaces_of.remove(&key);
        }
    }
}
