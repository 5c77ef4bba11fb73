use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    AcceptedIdentity, Agent, Attachment, Connection, DirectoryUser, Domain, Gateway, Grant, Group,
    GroupMapping, GroupMember, Invitation, Key, MemberInvitation, Organization, OrganizationMembership,
    Override, Robot, Role, Server, SignalStream, Tool, User, Workspace, WorkspaceMembership,
};

macro_rules! facts {
    ($($(#[$doc:meta])* $variant:ident($type:ty) = $word:literal, $id:expr;)+) => {
        /// Anything that a decision may rest on: one row of one table, and one entry of a snapshot.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "fact", content = "is", rename_all = "snake_case")]
        pub enum Fact {
            $($(#[$doc])* $variant($type),)+
        }

        /// The kind of a fact: the noun, as tables, URLs and pages write it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FactKind {
            $($(#[$doc])* $variant,)+
        }

        impl FactKind {
            /// Every kind, in the order in which tables are filled so that references hold.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The kind of that word.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
            }
        }

        impl Fact {
            /// What it names: its kind and id.
            pub fn target(&self) -> Target {
                match self {
                    $(Self::$variant(fact) => {
                        let id: fn(&$type) -> String = $id;
                        Target { kind: FactKind::$variant, id: id(fact) }
                    })+
                }
            }
        }

        $(impl From<$type> for Fact {
            fn from(fact: $type) -> Self {
                Self::$variant(fact)
            }
        })+
    };
}

facts! {
    /// The organization itself.
    Organization(Organization) = "organization", |f| f.id.to_string();
    /// A human known here.
    User(User) = "user", |f| f.id.to_string();
    /// A user in the organization.
    OrganizationMembership(OrganizationMembership) = "membership", |f| f.user.to_string();
    /// A place of work.
    Workspace(Workspace) = "workspace", |f| f.id.to_string();
    /// A named set of grants.
    Role(Role) = "role", |f| f.id.to_string();
    /// A service account.
    Robot(Robot) = "robot", |f| f.id.to_string();
    /// A user or robot in a workspace.
    WorkspaceMembership(WorkspaceMembership) = "workspace_membership", |f| f.id.to_string();
    /// An agent.
    Agent(Agent) = "agent", |f| f.id.to_string();
    /// A tool provider.
    Server(Server) = "server", |f| f.id.to_string();
    /// A server offered in a workspace.
    Attachment(Attachment) = "attachment", |f| format!("{}/{}", f.workspace, f.server);
    /// One operation of a server.
    Tool(Tool) = "tool", |f| f.id.to_string();
    /// One line of a role.
    Grant(Grant) = "grant", |f| f.id.to_string();
    /// A narrowing of an agent in a workspace.
    Override(Override) = "override", |f| f.id.to_string();
    /// An agent's invitation.
    Invitation(Invitation) = "invitation", |f| f.id.to_string();
    /// A person's invitation to the organization.
    MemberInvitation(MemberInvitation) = "member_invitation", |f| f.id.to_string();
    /// An enforcement point.
    Gateway(Gateway) = "gateway", |f| f.id.to_string();
    /// A hashed secret.
    Key(Key) = "key", |f| f.id.to_string();
    /// A way in through an identity provider.
    Connection(Connection) = "connection", |f| f.id.to_string();
    /// A domain of mail addresses.
    Domain(Domain) = "domain", |f| f.id.to_string();
    /// A person as the directory tells of them.
    DirectoryUser(DirectoryUser) = "directory_user", |f| f.user.to_string();
    /// A group of the directory.
    Group(Group) = "group", |f| f.id.to_string();
    /// A person in a group.
    GroupMember(GroupMember) = "group_member", |f| format!("{}/{}", f.group, f.user);
    /// What a group gives.
    GroupMapping(GroupMapping) = "group_mapping", |f| f.id.to_string();
    /// A stream of signals.
    SignalStream(SignalStream) = "signal_stream", |f| f.id.to_string();
    /// An account of another organization's provider.
    AcceptedIdentity(AcceptedIdentity) = "accepted_identity", |f| f.id.to_string();
}

/// What a change or a management decision is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Which noun.
    pub kind: FactKind,
    /// Which one: its id in text.
    pub id: String,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.as_str(), self.id)
    }
}
