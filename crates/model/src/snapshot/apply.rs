//! How a change moves a snapshot.

use std::sync::Arc;

use crate::{Change, DirectoryUser, Edit, Fact, Snapshot};

impl Snapshot {
    /// Moves forward by one change.
    pub fn apply(&mut self, change: &Change) {
        self.edit(&change.edit);
        self.revision = change.revision;
    }

    /// Takes one edit into the tables and indexes. Does not move the revision.
    pub fn edit(&mut self, edit: &Edit) {
        if let Some(before) = &edit.before {
            self.forget(before);
        }
        if let Some(after) = &edit.after {
            self.learn(after);
        }
    }

    /// Builds a snapshot from facts, in any order.
    pub fn from_facts(facts: impl IntoIterator<Item = Fact>) -> Self {
        let mut snapshot = Self::default();
        facts.into_iter().for_each(|fact| snapshot.learn(&fact));
        snapshot
    }

    fn forget(&mut self, fact: &Fact) {
        match fact {
            Fact::Organization(_) => self.organization = None,
            Fact::User(_) | Fact::OrganizationMembership(_) => self.forget_of_person(fact),
            Fact::Workspace(f) => {
                self.workspaces.remove(&f.id);
                self.index.workspace_slugs.remove(&f.slug);
            }
            Fact::WorkspaceMembership(f) => {
                self.workspace_memberships.remove(&f.id);
                self.index.give_up(f);
                self.index.members_of.remove(&(f.workspace, f.id));
            }
            Fact::Role(f) => self.roles.remove(&f.id),
            Fact::Grant(f) => {
                self.grants.remove(&f.id);
                self.index.take_back(f);
            }
            Fact::Robot(f) => self.robots.remove(&f.id),
            Fact::Agent(f) => {
                self.agents.remove(&f.id);
                self.index.agents_of.remove(&(f.owner, f.id));
            }
            Fact::Server(f) => {
                self.servers.remove(&f.id);
                self.index.server_slugs.remove(&f.slug);
            }
            Fact::Attachment(f) => {
                self.attachments.remove(f);
                self.index.withdraw(f);
            }
            Fact::Tool(f) => {
                self.tools.remove(&f.id);
                self.index.unname(f);
            }
            Fact::Override(f) => {
                self.overrides.remove(&f.id);
                self.index.overrides_on.remove(&(f.agent, f.workspace, f.id));
            }
            Fact::Invitation(f) => {
                self.invitations.remove(&f.id);
                self.index.invitations_of.remove(&(f.agent, f.workspace, f.id));
            }
            Fact::MemberInvitation(f) => self.member_invitations.remove(&f.id),
            Fact::Gateway(f) => self.gateways.remove(&f.id),
            Fact::Key(f) => {
                self.keys.remove(&f.id);
                self.index.keys_of.remove(&(f.holder, f.id));
            }
            Fact::Connection(f) => self.connections.remove(&f.id),
            Fact::Domain(f) => {
                self.domains.remove(&f.id);
                self.index.domain_names.remove(&f.name);
            }
            Fact::AcceptedIdentity(f) => {
                self.accepted_identities.remove(&f.id);
                self.index.identities_of.remove(&(f.user, f.id));
            }
            Fact::DirectoryUser(_)
            | Fact::Group(_)
            | Fact::GroupMember(_)
            | Fact::GroupMapping(_)
            | Fact::SignalStream(_) => self.forget_of_directory(fact),
        }
    }

    fn learn(&mut self, fact: &Fact) {
        match fact.clone() {
            Fact::Organization(f) => self.organization = Some(Arc::new(f)),
            of_person @ (Fact::User(_) | Fact::OrganizationMembership(_)) => self.learn_of_person(of_person),
            Fact::Workspace(f) => {
                let workspace = Arc::new(f);
                self.index.workspace_slugs.insert(workspace.slug.clone(), Arc::clone(&workspace));
                self.workspaces.insert(workspace.id, workspace);
            }
            Fact::WorkspaceMembership(f) => {
                self.index.hold(&f);
                self.index.members_of.insert((f.workspace, f.id));
                self.workspace_memberships.insert(f.id, Arc::new(f));
            }
            Fact::Role(f) => self.roles.insert(f.id, Arc::new(f)),
            Fact::Grant(f) => {
                let grant = Arc::new(f);
                self.index.give(&grant);
                self.grants.insert(grant.id, grant);
            }
            Fact::Robot(f) => self.robots.insert(f.id, Arc::new(f)),
            Fact::Agent(f) => {
                self.index.agents_of.insert((f.owner, f.id));
                self.agents.insert(f.id, Arc::new(f));
            }
            Fact::Server(f) => {
                let server = Arc::new(f);
                self.index.server_slugs.insert(server.slug.clone(), Arc::clone(&server));
                self.servers.insert(server.id, server);
            }
            Fact::Attachment(f) => {
                self.attachments.insert(f);
                self.index.offer(&f);
            }
            Fact::Tool(f) => {
                let tool = Arc::new(f);
                self.index.name(&tool);
                self.tools.insert(tool.id, tool);
            }
            Fact::Override(f) => {
                self.index.overrides_on.insert((f.agent, f.workspace, f.id));
                self.overrides.insert(f.id, Arc::new(f));
            }
            Fact::Invitation(f) => {
                self.index.invitations_of.insert((f.agent, f.workspace, f.id));
                self.invitations.insert(f.id, Arc::new(f));
            }
            Fact::MemberInvitation(f) => self.member_invitations.insert(f.id, Arc::new(f)),
            Fact::Gateway(f) => self.gateways.insert(f.id, Arc::new(f)),
            Fact::Key(f) => {
                self.index.keys_of.insert((f.holder, f.id));
                self.keys.insert(f.id, Arc::new(f));
            }
            Fact::Connection(f) => self.connections.insert(f.id, Arc::new(f)),
            Fact::Domain(f) => {
                self.index.domain_names.insert(f.name.clone(), f.id);
                self.domains.insert(f.id, Arc::new(f));
            }
            Fact::AcceptedIdentity(f) => {
                self.index.identities_of.insert((f.user, f.id));
                self.accepted_identities.insert(f.id, Arc::new(f));
            }
            of_directory @ (Fact::DirectoryUser(_)
            | Fact::Group(_)
            | Fact::GroupMember(_)
            | Fact::GroupMapping(_)
            | Fact::SignalStream(_)) => self.learn_of_directory(of_directory),
        }
    }

    fn forget_of_person(&mut self, fact: &Fact) {
        match fact {
            Fact::User(f) => {
                self.users.remove(&f.id);
                self.index.know(f.id, |known| known.user = None);
            }
            Fact::OrganizationMembership(f) => {
                self.members.remove(&f.user);
                self.index.know(f.user, |known| known.member = None);
            }
            _ => {}
        }
    }

    fn learn_of_person(&mut self, fact: Fact) {
        match fact {
            Fact::User(f) => {
                let user = Arc::new(f);
                self.index.know(user.id, |known| known.user = Some(Arc::clone(&user)));
                self.users.insert(user.id, user);
            }
            Fact::OrganizationMembership(f) => {
                let member = Arc::new(f);
                self.index.know(member.user, |known| known.member = Some(Arc::clone(&member)));
                self.members.insert(member.user, member);
            }
            _ => {}
        }
    }

    fn forget_of_directory(&mut self, fact: &Fact) {
        match fact {
            Fact::DirectoryUser(f) => {
                self.directory_users.remove(&f.user);
                // Another may have taken the name over in the same transaction, before this one gave it up.
                let name = DirectoryUser::folded(&f.user_name);
                if self.index.user_names.get(&name) == Some(&f.user) {
                    self.index.user_names.remove(&name);
                }
                if let Some(id) = &f.external_id
                    && self.index.external_ids.get(id) == Some(&f.user)
                {
                    self.index.external_ids.remove(id);
                }
            }
            Fact::Group(f) => self.groups.remove(&f.id),
            Fact::GroupMember(f) => {
                self.group_members.remove(f);
                self.index.groups_of.remove(&(f.user, f.group));
            }
            Fact::GroupMapping(f) => {
                self.group_mappings.remove(&f.id);
                self.index.gives.remove(&(f.group, f.id));
            }
            Fact::SignalStream(f) => self.signal_streams.remove(&f.id),
            _ => {}
        }
    }

    fn learn_of_directory(&mut self, fact: Fact) {
        match fact {
            Fact::DirectoryUser(f) => {
                self.index.user_names.insert(DirectoryUser::folded(&f.user_name), f.user);
                if let Some(id) = &f.external_id {
                    self.index.external_ids.insert(id.clone(), f.user);
                }
                self.directory_users.insert(f.user, Arc::new(f));
            }
            Fact::Group(f) => self.groups.insert(f.id, Arc::new(f)),
            Fact::GroupMember(f) => {
                self.index.groups_of.insert((f.user, f.group));
                self.group_members.insert(f);
            }
            Fact::GroupMapping(f) => {
                self.index.gives.insert((f.group, f.id));
                self.group_mappings.insert(f.id, Arc::new(f));
            }
            Fact::SignalStream(f) => self.signal_streams.insert(f.id, Arc::new(f)),
            _ => {}
        }
    }
}
