//! The indexes whose entries are gathered: several of one kind behind one key.

use std::sync::Arc;

use super::{Index, Known};
use crate::{Attachment, Grant, Tool, UserId, WorkspaceMembership};

impl Index {
    /// A role carries a grant.
    pub(super) fn give(&mut self, grant: &Arc<Grant>) {
        self.servers_of.insert((grant.role, grant.server));
        let granted = self.grants_on.begin((grant.role, grant.server));
        granted.insert(Arc::clone(grant));
    }

    /// A role carries a grant no more.
    pub(super) fn take_back(&mut self, grant: &Grant) {
        let key = (grant.role, grant.server);
        let Some(granted) = self.grants_on.get_mut(&key) else { return };
        granted.remove(grant.id);
        if granted.is_empty() {
            self.grants_on.remove(&key);
            self.servers_of.remove(&key);
        }
    }

    /// Something is known of a person, or is known no more.
    pub(super) fn know(&mut self, person: UserId, what: impl FnOnce(&mut Known)) {
        let known = self.people.begin(person);
        what(known);
        if known.user.is_none() && known.member.is_none() {
            self.people.remove(&person);
        }
    }

    /// A server is offered in a workspace.
    pub(super) fn offer(&mut self, attachment: &Attachment) {
        self.places_of.insert((attachment.server, attachment.workspace));
        let offered = self.offered_in.begin(attachment.workspace);
        if let Err(after) = offered.binary_search(&attachment.server) {
            offered.insert(after, attachment.server);
        }
    }

    /// A server is offered in a workspace no more.
    pub(super) fn withdraw(&mut self, attachment: &Attachment) {
        self.places_of.remove(&(attachment.server, attachment.workspace));
        let Some(offered) = self.offered_in.get_mut(&attachment.workspace) else { return };
        offered.retain(|server| *server != attachment.server);
        if offered.is_empty() {
            self.offered_in.remove(&attachment.workspace);
        }
    }

    /// A server has a tool of that name.
    pub(super) fn name(&mut self, tool: &Arc<Tool>) {
        self.tool_names.insert((tool.server, tool.name.clone()), tool.id);
        self.tools_named.begin(tool.server).insert(tool.name.clone(), Arc::clone(tool));
    }

    /// A server has no tool of that name any more.
    pub(super) fn unname(&mut self, tool: &Tool) {
        self.tool_names.remove(&(tool.server, tool.name.clone()));
        let Some(named) = self.tools_named.get_mut(&tool.server) else { return };
        named.remove(&tool.name);
        if named.is_empty() {
            self.tools_named.remove(&tool.server);
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
