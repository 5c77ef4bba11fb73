//! A list of facts that can be changed by naming one.

use model::{
    Agent, AgentId, Connection, ConnectionId, Fact, Gateway, GatewayId, Grant, GrantId, Key, KeyId,
    Organization, OrganizationId, OrganizationMembership, Robot, RobotId, Server, ServerId, Snapshot, Tool,
    ToolId, UserId, Workspace, WorkspaceId,
};

/// The facts of one organization, in no particular order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts(pub(crate) Vec<Fact>);

/// The facts of one kind in a list.
macro_rules! all {
    ($facts:expr, $kind:ident) => {
        $facts.iter().filter_map(|fact| match fact {
            model::Fact::$kind(fact) => Some(fact),
            _ => None,
        })
    };
}
pub(crate) use all;

macro_rules! changing {
    ($($name:ident: $variant:ident($type:ty)[$field:ident: $id:ty];)+) => {
        impl Facts {
            $(pub(crate) fn $name(&mut self, id: $id, change: impl FnOnce(&mut $type)) {
                let found = self.0.iter_mut().find_map(|fact| match fact {
                    Fact::$variant(fact) if fact.$field == id => Some(fact),
                    _ => None,
                });
                change(found.expect("the fact to change is there"));
            })+
        }
    };
}

changing! {
    organization: Organization(Organization)[id: OrganizationId];
    member: OrganizationMembership(OrganizationMembership)[user: UserId];
    workspace: Workspace(Workspace)[id: WorkspaceId];
    agent: Agent(Agent)[id: AgentId];
    robot: Robot(Robot)[id: RobotId];
    server: Server(Server)[id: ServerId];
    tool: Tool(Tool)[id: ToolId];
    grant: Grant(Grant)[id: GrantId];
    gateway: Gateway(Gateway)[id: GatewayId];
    key: Key(Key)[id: KeyId];
    connection: Connection(Connection)[id: ConnectionId];
}

impl Facts {
    pub(crate) fn add(&mut self, fact: impl Into<Fact>) {
        self.0.push(fact.into());
    }

    /// Takes out what the test names; a table row that removes nothing would prove nothing.
    pub(crate) fn remove(&mut self, named: impl Fn(&Fact) -> bool) {
        let before = self.0.len();
        self.0.retain(|fact| !named(fact));
        assert!(self.0.len() < before, "nothing to remove");
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::from_facts(self.0.iter().cloned())
    }
}
