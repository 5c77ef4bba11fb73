//! A made-up organization of any size: regular, valid, and the same at every run, so that what is asked of it can be
//! worked out from a number and nothing has to be looked up.

use keys::Token;
use model::{
    AccessMode, Agent, AgentId, AgentState, Attachment, Constraint, CredentialMode, DefinitionHash, Fact,
    Gateway, GatewayId, GatewayState, Grant, GrantId, Holder, IdentityMode, Key, KeyKind, KeyLimits,
    KeyState, Member, MembershipState, Operator, Organization, OrganizationId, OrganizationMembership,
    OrganizationRole, OrganizationState, Risk, Role, RoleId, Scope, ScopeEntry, Server, ServerId,
    ServerState, Slug, Stop, Timestamp, Tool, ToolId, ToolState, User, UserId, Visibility, Workspace,
    WorkspaceId, WorkspaceMembership, WorkspaceMembershipId,
};

use super::dice::Dice;

/// A text of this file that is not what it should be. Cannot happen; it is an error and not a panic, as everywhere.
pub(crate) type Wrong = Box<dyn std::error::Error + Send + Sync>;

/// Agents that each person answers for.
const AGENTS_PER_PERSON: u64 = 10;
/// Agents whose owners work in one workspace; each workspace has one role.
const AGENTS_PER_WORKSPACE: u64 = 100;
/// Servers, all of them offered in every workspace.
const SERVERS: u64 = 50;
/// Grants of each role on each server: with the numbers above, ten grants for every agent.
const GRANTS_PER_SERVER: u64 = 20;
/// Tools of each server: every other one is granted.
const TOOLS_PER_SERVER: u64 = 2 * GRANTS_PER_SERVER;
/// What a grant allows an amount to be.
const AMOUNT_LIMIT: u64 = 100;

/// The organization.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    agents: u64,
    workspaces: u64,
    people: u64,
    now: Timestamp,
}

/// One call to ask about.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The agent's secret.
    pub(crate) credential: Token,
    /// The server's slug.
    pub(crate) server: String,
    /// The workspace's slug.
    pub(crate) workspace: String,
    /// The tool's name.
    pub(crate) tool: String,
    /// Its arguments.
    pub(crate) arguments: serde_json::Value,
}

macro_rules! ids {
    ($($name:ident($noun:literal) -> $id:ty;)+) => {
        impl Made {
            $(fn $name(&self, number: u64) -> $id {
                <$id>::draw(self.now, &mut Dice::of($noun, number))
            })+
        }
    };
}

ids! {
    organization_id(1) -> OrganizationId;
    user(2) -> UserId;
    workspace(3) -> WorkspaceId;
    role(4) -> RoleId;
    membership(5) -> WorkspaceMembershipId;
    agent(6) -> AgentId;
    server(7) -> ServerId;
    tool(8) -> ToolId;
    grant(9) -> GrantId;
    gateway_id(10) -> GatewayId;
}

impl Made {
    /// An organization with so many agents and ten times as many grants. `now` has to be the same wherever the same
    /// organization is meant, and whole milliseconds.
    pub(crate) fn new(agents: u64, now: Timestamp) -> Self {
        let workspaces = agents.div_ceil(AGENTS_PER_WORKSPACE).max(1);
        let people = agents.div_ceil(AGENTS_PER_PERSON).max(1);
        Self { agents, workspaces, people, now }
    }

    /// Its id.
    pub(crate) fn id(&self) -> OrganizationId {
        self.organization_id(0)
    }

    /// Who asks on behalf of the gateway that it has.
    pub(crate) fn gateway(&self) -> GatewayId {
        self.gateway_id(0)
    }

    /// How many grants its roles carry.
    pub(crate) fn grant_count(&self) -> u64 {
        self.workspaces * SERVERS * GRANTS_PER_SERVER
    }

    /// The gateway's secret.
    pub(crate) fn gateway_token() -> Token {
        Token::mint(KeyKind::Gateway, &mut Dice::of(11, 0))
    }

    /// The person under whose name everything is written.
    pub(crate) fn administrator(&self) -> UserId {
        self.user(0)
    }

    /// The facts that a permit for writing the others rests on.
    pub(crate) fn beginning(&self) -> Result<Vec<Fact>, Wrong> {
        let organization = Organization {
            id: self.id(),
            slug: slug("measured", 0)?,
            name: "Measured".parse()?,
            state: OrganizationState::Active,
            stop: Stop::Released,
        };
        let mut facts = vec![organization.into()];
        facts.extend(self.person(0)?);
        Ok(facts)
    }

    /// All other facts, in an order in which each refers only to earlier ones.
    pub(crate) fn rest(&self) -> impl Iterator<Item = Result<Fact, Wrong>> + '_ {
        let people = (1..self.people).flat_map(|n| spread(self.person(n)));
        let places = (0..self.workspaces).flat_map(|n| spread(self.place(n)));
        let memberships = (0..self.people).map(|n| Ok(self.in_workspace(n).into()));
        let servers = (0..SERVERS).flat_map(|n| spread(self.offered(n)));
        let attachments = (0..self.workspaces).flat_map(|w| (0..SERVERS).map(move |s| (w, s)));
        let attachments = attachments
            .map(|(w, s)| Ok(Attachment { server: self.server(s), workspace: self.workspace(w) }.into()));
        let agents = (0..self.agents).map(|n| self.some_agent(n).map(Fact::from));
        let grants = (0..self.grant_count()).map(|n| self.some_grant(n).map(Fact::from));
        let keys = (0..self.agents).map(|n| self.agent_key(n).map(Fact::from));
        let gateway = std::iter::once_with(|| self.some_gateway()).flat_map(spread);
        people
            .chain(places)
            .chain(memberships)
            .chain(servers)
            .chain(attachments)
            .chain(agents)
            .chain(grants)
            .chain(gateway)
            .chain(keys)
    }

    /// A call of the agent of that number (counted round and round) that is allowed.
    pub(crate) fn allowed(&self, number: u64) -> Asked {
        let agent = number % self.agents;
        // Not the agent's own number: neighbours would always ask the same server for the same tool.
        let (server, granted) = ((agent * 7 + number) % SERVERS, (agent * 3 + number) % GRANTS_PER_SERVER);
        Asked {
            credential: Self::agent_token(agent),
            server: format!("server-{server}"),
            workspace: format!("team-{}", self.workspace_of(agent)),
            tool: format!("note_{}", 2 * granted),
            arguments: serde_json::json!({ "amount": number % AMOUNT_LIMIT, "title": "the minutes of the meeting" }),
        }
    }

    /// The same for a tool that no role grants.
    pub(crate) fn denied(&self, number: u64) -> Asked {
        Asked { tool: "note_1".to_owned(), ..self.allowed(number) }
    }

    /// The whole number of people is spread over the workspaces, each in one.
    fn workspace_of(&self, agent: u64) -> u64 {
        (agent / AGENTS_PER_PERSON) % self.workspaces
    }

    fn agent_token(number: u64) -> Token {
        Token::mint(KeyKind::Agent, &mut Dice::of(12, number))
    }

    fn person(&self, number: u64) -> Result<Vec<Fact>, Wrong> {
        let name = format!("Person {number}").parse()?;
        let user = User { id: self.user(number), name, email: Some(format!("person-{number}@example.org")) };
        let role = if number == 0 { OrganizationRole::Owner } else { OrganizationRole::Member };
        let membership = OrganizationMembership { user: user.id, role, state: MembershipState::Active };
        Ok(vec![user.into(), membership.into()])
    }

    fn place(&self, number: u64) -> Result<Vec<Fact>, Wrong> {
        let workspace = Workspace {
            id: self.workspace(number),
            slug: slug("team", number)?,
            name: format!("Team {number}").parse()?,
            visibility: Visibility::Private,
            access_mode: AccessMode::Inherit,
            guest_agents: false,
            auto_accept_agents: true,
            identity_mode: None,
        };
        let name = format!("Work in team {number}").parse()?;
        let role = Role { id: self.role(number), name, purpose: "What the team does every day".to_owned() };
        Ok(vec![workspace.into(), role.into()])
    }

    fn in_workspace(&self, person: u64) -> WorkspaceMembership {
        let place = person % self.workspaces;
        WorkspaceMembership {
            id: self.membership(person),
            workspace: self.workspace(place),
            member: Member::User(self.user(person)),
            role: self.role(place),
        }
    }

    fn offered(&self, number: u64) -> Result<Vec<Fact>, Wrong> {
        let server = Server {
            id: self.server(number),
            slug: slug("server", number)?,
            name: format!("Server {number}").parse()?,
            url: None,
            credential_mode: CredentialMode::Shared,
            identity_mode: IdentityMode::Agent,
            state: ServerState::Active,
        };
        let id = server.id;
        let mut facts = vec![server.into()];
        for tool in 0..TOOLS_PER_SERVER {
            let definition = DefinitionHash([u8::try_from(tool)?; 32]);
            let tool = Tool {
                id: self.tool(number * TOOLS_PER_SERVER + tool),
                server: id,
                name: format!("note_{tool}").parse()?,
                title: format!("Note {tool}"),
                risk: Risk::Write,
                definition,
                reviewed: Some(definition),
                state: ToolState::Offered,
            };
            facts.push(tool.into());
        }
        Ok(facts)
    }

    /// Ceilings as people set them: their own workspace, and never anything that deletes.
    fn some_agent(&self, number: u64) -> Result<Agent, Wrong> {
        let place = self.workspace(self.workspace_of(number));
        let entry = |workspace, tools: &str| -> Result<ScopeEntry, Wrong> {
            Ok(ScopeEntry { workspace, server: None, tools: tools.parse()? })
        };
        let owner = self.user(number / AGENTS_PER_PERSON);
        Ok(Agent {
            id: self.agent(number),
            name: format!("Agent {number}").parse()?,
            purpose: "Keeps the notes of the team".to_owned(),
            owner,
            state: AgentState::Live,
            scope: [entry(Some(place), "search_*")?, entry(Some(place), "note_*")?].into_iter().collect(),
            never: Scope { entries: vec![entry(None, "delete_*")?] },
            created_at: self.now,
            created_by: owner,
        })
    }

    fn some_grant(&self, number: u64) -> Result<Grant, Wrong> {
        let (role, on) = (number / (SERVERS * GRANTS_PER_SERVER), number / GRANTS_PER_SERVER % SERVERS);
        let limit = Constraint {
            pointer: "/amount".to_owned(),
            operator: Operator::AtMost,
            value: AMOUNT_LIMIT.into(),
        };
        Ok(Grant {
            id: self.grant(number),
            role: self.role(role),
            server: self.server(on),
            tools: format!("note_{}", 2 * (number % GRANTS_PER_SERVER)).parse()?,
            constraints: vec![limit],
        })
    }

    fn agent_key(&self, number: u64) -> Result<Key, Wrong> {
        self.key(Holder::Agent(self.agent(number)), &Self::agent_token(number))
    }

    fn some_gateway(&self) -> Result<Vec<Fact>, Wrong> {
        let gateway = Gateway {
            id: self.gateway(),
            name: "Gateway".parse()?,
            state: GatewayState::Active,
            may_assert_subjects: false,
            allows_unseen_tools: false,
            created_at: self.now,
        };
        let key = self.key(Holder::Gateway(gateway.id), &Self::gateway_token())?;
        Ok(vec![gateway.into(), key.into()])
    }

    fn key(&self, holder: Holder, token: &Token) -> Result<Key, Wrong> {
        Ok(Key {
            id: token.id(),
            holder,
            name: "In use".parse()?,
            hash: token.hash(),
            state: KeyState::Live,
            created_at: self.now,
            created_by: Some(self.administrator()),
            expires_at: keys_end(self.now),
            replaces: None,
            limits: KeyLimits::default(),
        })
    }
}

/// As long as any key may last.
fn keys_end(now: Timestamp) -> Timestamp {
    now.checked_add_signed(keys::terms::MAX_LIFE).unwrap_or(now)
}

fn slug(word: &str, number: u64) -> Result<Slug, Wrong> {
    Ok(format!("{word}-{number}").parse()?)
}

/// Several facts, or the one error in their place.
fn spread(facts: Result<Vec<Fact>, Wrong>) -> Vec<Result<Fact, Wrong>> {
    match facts {
        Ok(facts) => facts.into_iter().map(Ok).collect(),
        Err(wrong) => vec![Err(wrong)],
    }
}
