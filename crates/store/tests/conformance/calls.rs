//! An organization in which calls are decided.

use decision::{Call, Facts, Operation, Record, Subject, decide};
use model::*;
use serde_json::json;

use crate::world::{World, name};

/// What a call names.
pub(crate) struct Calls {
    pub(crate) gateway: GatewayId,
    pub(crate) ben: UserId,
    pub(crate) agent: AgentId,
    pub(crate) key: KeyId,
    pub(crate) robot: RobotId,
    pub(crate) robot_key: KeyId,
}

/// Ben's agent may `create_note` on `notes` in `platform`; the robot may nothing.
pub(crate) async fn prepare(world: &mut World) -> Calls {
    let ben = world.person("Ben Okafor").await;
    let (workspace, server) = (world.workspace_fact("platform"), world.server_fact("notes"));
    let role = Role { id: RoleId::MIN, name: name("Editor"), purpose: String::new() };
    let mut agent = world.agent_fact(ben, "Notes");
    agent.scope =
        [ScopeEntry { workspace: None, server: None, tools: "*".parse().unwrap() }].into_iter().collect();
    let now = world.now();
    let robot = Robot {
        id: RobotId::draw(now, &mut world.chance),
        name: name("Nightly"),
        purpose: String::new(),
        stewards: vec![ben],
        state: RobotState::Live,
        created_at: now,
        created_by: world.boss,
    };
    let gateway = Gateway {
        id: GatewayId::draw(now, &mut world.chance),
        name: name("Edge"),
        state: GatewayState::Active,
        may_assert_subjects: true,
        allows_unseen_tools: false,
        created_at: now,
    };
    let (key, robot_key) = (world.key_fact(Holder::Agent(agent.id)), world.key_fact(Holder::Robot(robot.id)));
    let membership = WorkspaceMembership {
        id: WorkspaceMembershipId::MIN,
        workspace: workspace.id,
        member: Member::User(ben),
        role: role.id,
    };
    let grant = Grant {
        id: GrantId::MIN,
        role: role.id,
        server: server.id,
        tools: "create_*".parse().unwrap(),
        constraints: Vec::new(),
    };
    let tools = ["create_note", "delete_note"].map(|tool| world.tool_fact(server.id, tool));
    let calls = Calls {
        gateway: gateway.id,
        ben,
        agent: agent.id,
        key: key.id,
        robot: robot.id,
        robot_key: robot_key.id,
    };
    let attachment = Attachment { server: server.id, workspace: workspace.id };
    let mut facts: Vec<Fact> =
        vec![workspace.into(), role.into(), robot.into(), membership.into(), agent.into()];
    facts.extend([
        server.into(),
        attachment.into(),
        grant.into(),
        gateway.into(),
        key.into(),
        robot_key.into(),
    ]);
    facts.extend(tools.map(Fact::from));
    world.write(&facts.into_iter().map(Edit::create).collect::<Vec<_>>()).await.unwrap();
    calls
}

impl Calls {
    /// The record of a call of a tool with a key, decided now.
    pub(crate) fn call(&self, world: &mut World, key: KeyId, server: &str, tool: &str) -> Record {
        self.decide(world, Subject::Key(key), server, tool)
    }

    /// The record of a call by a subject, decided now.
    pub(crate) fn decide(&self, world: &mut World, subject: Subject, server: &str, tool: &str) -> Record {
        let now = world.now();
        let arguments = json!({"title": "a"});
        let call = Call {
            now,
            gateway: self.gateway,
            subject,
            delegation_presented: false,
            server,
            workspace: None,
            operation: Operation::Tool { name: tool, arguments: Some(&arguments) },
            address: Some("2001:db8::7".parse().unwrap()),
            uses: 0,
        };
        let decision = decide(&Facts::of(&world.facts), call);
        Record::of_call(DecisionId::draw(now, &mut world.chance), decision, &call)
    }
}
