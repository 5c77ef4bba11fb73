//! An organization at work: a workspace that offers a server with two tools, a role that may call both, and a gateway
//! that asks.

use app::{agents, keys, members, workspaces};
use decision::{Operation, Reason};
use enforcement::{Ask, GatewayCaller};
use model::{
    AccessMode, AgentId, Attachment, CredentialMode, DefinitionHash, Edit, Gateway, GatewayId, GatewayState,
    Grant, GrantId, Holder, IdentityMode, KeyLimits, Member, OrganizationId, OrganizationRole, Risk, Role,
    RoleId, Scope, ScopeEntry, Server, ServerId, ServerState, Tool, ToolId, ToolState, UserId, Visibility,
    Workspace, WorkspaceId, WorkspaceMembershipId,
};

use crate::harness::{House, found, session};

/// The organization `northwind` at work in its workspace `platform`.
pub struct Office {
    /// The organization.
    pub house: House,
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// The role that may call every tool of the server.
    pub role: RoleId,
    /// The server, called `files`, with the tools `read` and `write`.
    pub server: ServerId,
    gateway: GatewayCaller,
}

/// An agent and its key.
pub struct Acting {
    /// The agent.
    pub id: AgentId,
    /// Its key.
    pub key: String,
}

impl Office {
    /// A workspace into which agents come with their owners.
    pub async fn new() -> Self {
        Self::with(AccessMode::Inherit).await
    }

    /// A workspace with that access mode.
    pub async fn with(access_mode: AccessMode) -> Self {
        let house = House::new().await;
        let workspace = Workspace {
            id: house.draw(WorkspaceId::draw),
            slug: "platform".parse().unwrap(),
            name: "Platform".parse().unwrap(),
            visibility: Visibility::Private,
            access_mode,
            guest_agents: false,
            auto_accept_agents: false,
            identity_mode: None,
        };
        let role =
            Role { id: house.draw(RoleId::draw), name: "Engineer".parse().unwrap(), purpose: String::new() };
        let gateway = Gateway {
            id: house.draw(GatewayId::draw),
            name: "Edge".parse().unwrap(),
            state: GatewayState::Active,
            may_assert_subjects: false,
            allows_unseen_tools: false,
            created_at: house.clock.now(),
        };
        let (server, mut edits) = server(&house);
        let grant = Grant {
            id: house.draw(GrantId::draw),
            role: role.id,
            server,
            tools: "*".parse().unwrap(),
            constraints: Vec::new(),
        };
        let asking = GatewayCaller {
            organization: house.organization,
            gateway: gateway.id,
            key: "000000000000".parse().unwrap(),
        };
        let office = Self { workspace: workspace.id, role: role.id, server, gateway: asking, house };
        edits.extend([
            Edit::create(workspace),
            Edit::create(role),
            Edit::create(grant),
            Edit::create(gateway),
        ]);
        edits.push(Edit::create(Attachment { server, workspace: office.workspace }));
        office.house.given(edits).await;
        office
    }

    /// A person in that role in the organization, in no workspace.
    pub async fn person(&self, name: &str, role: OrganizationRole) -> UserId {
        let who = members::Who::New { name: name.parse().unwrap(), email: None };
        self.house.run(self.house.owner, |p| members::add(p, who, role)).await.expect("a member").value.user
    }

    /// Puts a person into the workspace.
    pub async fn enter(&self, user: UserId) -> WorkspaceMembershipId {
        let enter =
            |p: &app::Planning<'_>| workspaces::enter(p, self.workspace, Member::User(user), self.role);
        self.house.run(self.house.owner, enter).await.expect("a place").value.id
    }

    /// A member who is in the workspace, with an agent that may do there whatever they may.
    pub async fn colleague(&self, name: &str) -> (UserId, Acting) {
        let user = self.person(name, OrganizationRole::Member).await;
        self.enter(user).await;
        let agent = self.agent(self.house.organization, user).await;
        (user, agent)
    }

    /// An agent of a person, in the organization where they own one, with a scope for everything.
    pub async fn agent(&self, organization: OrganizationId, owner: UserId) -> Acting {
        let everything = ScopeEntry { workspace: None, server: None, tools: "*".parse().unwrap() };
        let new = agents::NewAgent {
            id: None,
            name: "Helper".parse().unwrap(),
            purpose: String::new(),
            owner: None,
            scope: Scope { entries: vec![everything] },
            never: Scope::default(),
        };
        let request = app::Request { organization, ..self.house.by(owner) };
        let agent = self.house.app.change(request, |p| agents::create(p, new)).await.expect("an agent").value;
        Acting { id: agent.id, key: self.key(organization, owner, agent.id).await }
    }

    /// Another key of an agent.
    pub async fn key(&self, organization: OrganizationId, owner: UserId, agent: AgentId) -> String {
        let new = keys::NewKey {
            holder: Holder::Agent(agent),
            name: "A key".parse().unwrap(),
            expires_at: None,
            limits: KeyLimits::default(),
        };
        let request = app::Request { organization, ..self.house.by(owner) };
        let minted = self.house.app.change(request, |p| keys::create(p, new)).await.expect("a key").value;
        minted.token.expose().to_owned()
    }

    /// Another organization, whose owner is a guest in the workspace and brings an agent from there.
    pub async fn guest(&self) -> (OrganizationId, UserId, Acting) {
        let (elsewhere, guest, _) = found(&self.house.app, "contoso", "Jonas Weber").await;
        let person = self.house.app.person_elsewhere(guest).await.expect("the store answers");
        let who = members::Who::Known { user: guest, person, email: None };
        let add = |p: &app::Planning<'_>| members::add(p, who, OrganizationRole::Guest);
        self.house.run(self.house.owner, add).await.expect("a guest");
        self.enter(guest).await;
        let agent = self.agent(elsewhere, guest).await;
        (elsewhere, guest, agent)
    }

    /// What a gateway is told about a call of a tool with that key.
    pub async fn call(&self, key: &str, tool: &str) -> Reason {
        let ask = Ask {
            credential: Some(key),
            claim: None,
            delegation: None,
            server: "files",
            workspace: None,
            operation: Operation::Tool { name: tool, arguments: None },
            address: None,
            run: None,
            trace: None,
            min_revision: None,
        };
        let answer = self.house.app.engine.answer(&self.gateway, &ask).await.expect("an answer");
        answer.decision().reason()
    }

    /// The same for the tool `read`.
    pub async fn reads(&self, agent: &Acting) -> Reason {
        self.call(&agent.key, "read").await
    }

    /// Changes the workspace's rules.
    pub async fn rules(&self, rules: workspaces::Rules) {
        self.house
            .run(self.house.owner, |p| workspaces::update(p, self.workspace, rules))
            .await
            .expect("new rules");
    }

    /// Everything that the owner may see of the workspace's agents.
    pub async fn agents_seen(&self, by: UserId) -> Vec<AgentId> {
        let reading = self.house.app.read(session(by), self.house.organization).await.expect("the facts");
        let people = workspaces::people_of(&reading.facts, self.workspace);
        let through = |user| self.house.app.agents_through(&reading, self.workspace, user);
        people.into_iter().flat_map(through).map(|here| here.agent.id).collect()
    }
}

fn server(house: &House) -> (ServerId, Vec<Edit>) {
    let id = house.draw(ServerId::draw);
    let server = Server {
        id,
        slug: "files".parse().unwrap(),
        name: "Files".parse().unwrap(),
        url: None,
        credential_mode: CredentialMode::Shared,
        identity_mode: IdentityMode::Agent,
        state: ServerState::Active,
    };
    let tool = |name: &str| Tool {
        id: house.draw(ToolId::draw),
        server: id,
        name: name.parse().unwrap(),
        title: String::new(),
        risk: Risk::Read,
        definition: DefinitionHash([7; 32]),
        reviewed: Some(DefinitionHash([7; 32])),
        state: ToolState::Offered,
    };
    (id, vec![Edit::create(server), Edit::create(tool("read")), Edit::create(tool("write"))])
}
