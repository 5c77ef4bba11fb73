//! The shapes of answers, over decisions made from a handful of facts.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use decision::{Call, Facts, Operation, Record, Subject, decide};
use enforcement::Answer;
use model::{
    AccessMode, Agent, AgentId, AgentState, Attachment, CredentialMode, DecisionId, DefinitionHash, Fact,
    Gateway, GatewayId, GatewayState, Grant, GrantId, IdentityMode, Member, MembershipState, Organization,
    OrganizationId, OrganizationMembership, OrganizationRole, OrganizationState, PrincipalId, Revision, Risk,
    Role, RoleId, Scope, ScopeEntry, Server, ServerId, ServerState, Snapshot, Stop, Timestamp, Tool, ToolId,
    ToolState, User, UserId, Visibility, Workspace, WorkspaceId, WorkspaceMembership, WorkspaceMembershipId,
};
use serde_json::Value;
use uuid::Uuid;

use crate::gateways::answer::CheckAnswer;
use crate::gateways::explain::explain;
use crate::gateways::{identity, refusal};

const fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("well-formed")
}

/// Maya Chen's agent may read on `github` in `platform`; `wipe` is there and not granted, `drop` outside its scope.
fn facts() -> Snapshot {
    let (org, maya, agent) =
        (OrganizationId::from_uuid(uuid(1)), UserId::from_uuid(uuid(2)), AgentId::from_uuid(uuid(3)));
    let (server, workspace, role) =
        (ServerId::from_uuid(uuid(4)), WorkspaceId::from_uuid(uuid(5)), RoleId::from_uuid(uuid(6)));
    let scope = |tools: &str| ScopeEntry { workspace: None, server: Some(server), tools: text(tools) };
    let mut facts: Vec<Fact> = vec![
        Organization {
            id: org,
            slug: text("northwind"),
            name: text("Northwind"),
            state: OrganizationState::Active,
            stop: Stop::Released,
        }
        .into(),
        User { id: maya, name: text("Maya Chen"), email: None }.into(),
        OrganizationMembership { user: maya, role: OrganizationRole::Member, state: MembershipState::Active }
            .into(),
        Workspace {
            id: workspace,
            slug: text("platform"),
            name: text("Platform"),
            visibility: Visibility::Private,
            access_mode: AccessMode::Inherit,
            guest_agents: false,
            auto_accept_agents: false,
            identity_mode: None,
        }
        .into(),
        Role { id: role, name: text("Reader"), purpose: String::new() }.into(),
        WorkspaceMembership {
            id: WorkspaceMembershipId::from_uuid(uuid(7)),
            workspace,
            member: Member::User(maya),
            role,
        }
        .into(),
        Grant { id: GrantId::from_uuid(uuid(8)), role, server, tools: text("read"), constraints: Vec::new() }
            .into(),
        Server {
            id: server,
            slug: text("github"),
            name: text("GitHub"),
            url: None,
            credential_mode: CredentialMode::Shared,
            identity_mode: IdentityMode::Agent,
            state: ServerState::Active,
        }
        .into(),
        Attachment { server, workspace }.into(),
        Agent {
            id: agent,
            name: text("Zoë's bot"),
            purpose: String::new(),
            owner: maya,
            state: AgentState::Live,
            scope: Scope { entries: vec![scope("read"), scope("w*")] },
            never: Scope::default(),
            created_at: Timestamp::default(),
            created_by: maya,
        }
        .into(),
        Gateway {
            id: GatewayId::from_uuid(uuid(9)),
            name: text("edge"),
            state: GatewayState::Active,
            may_assert_subjects: true,
            allows_unseen_tools: false,
            created_at: Timestamp::default(),
        }
        .into(),
    ];
    facts.extend(["read", "wipe", "drop"].into_iter().zip(10..).map(|(name, id)| {
        let definition = DefinitionHash([0; 32]);
        let tool = Tool {
            id: ToolId::from_uuid(uuid(id)),
            server,
            name: text(name),
            title: String::new(),
            risk: Risk::Read,
            definition,
            reviewed: Some(definition),
            state: ToolState::Offered,
        };
        Fact::from(tool)
    }));
    Snapshot::from_facts(facts)
}

fn answer(subject: Subject, server: &str, operation: Operation<'_>) -> Answer {
    let facts = facts();
    let call = Call {
        now: Timestamp::default(),
        gateway: GatewayId::from_uuid(uuid(9)),
        subject,
        delegation_presented: false,
        server,
        workspace: None,
        operation,
        address: None,
        uses: 0,
    };
    let decision = decide(&Facts::of(&facts), call);
    Answer { record: Record::of_call(DecisionId::from_uuid(uuid(99)), decision, &call) }
}

fn agent_calls(server: &str, tool: &str) -> Answer {
    let subject = Subject::Asserted(PrincipalId::Agent(AgentId::from_uuid(uuid(3))));
    answer(subject, server, Operation::Tool { name: tool, arguments: None })
}

fn lines(response: HttpResponse) -> String {
    let status = response.status().as_u16();
    let headers = response.headers().iter().filter(|(name, _)| *name != "content-type");
    let mut headers: Vec<_> =
        headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    headers.sort();
    let body = response.into_body().try_into_bytes().expect("a whole body");
    format!("{status}\n{}\n{}", headers.join("\n"), String::from_utf8(body.to_vec()).expect("text"))
}

#[test]
fn a_check_is_answered_in_this_shape() {
    let answer = agent_calls("github", "read");
    assert_eq!(answer.decision().revision, Revision::default());
    let shape = serde_json::to_string(&CheckAnswer::of(&answer, None, true)).expect("JSON");
    insta::assert_snapshot!(shape, @r#"{"decision":true,"decision_id":"00000000-0000-0000-0000-000000000063","reason":"granted","revision":0,"actor":{"id":"00000000-0000-0000-0000-000000000003","kind":"agent","name":"Zoë's bot"},"owner":{"id":"00000000-0000-0000-0000-000000000002","name":"Maya Chen"},"on_behalf_of":null,"workspace":"platform","run_id":null,"obligations":[],"explain":[{"question":"gateway","holds":true},{"question":"credential","holds":true},{"question":"principal","holds":true},{"question":"reach","holds":true},{"question":"tool","holds":true},{"question":"grant","holds":true},{"question":"ceiling","holds":true},{"question":"identity","holds":true}]}"#);
    let unknown = self::answer(Subject::Unknown, "github", Operation::Session { method: "ping" });
    let shape = serde_json::to_string(&CheckAnswer::of(&unknown, Some("platform"), false)).expect("JSON");
    insta::assert_snapshot!(shape, @r#"{"decision":false,"decision_id":"00000000-0000-0000-0000-000000000063","reason":"credential_unknown","revision":0,"actor":null,"owner":null,"on_behalf_of":null,"workspace":"platform","run_id":null,"obligations":[]}"#);
}

#[test]
fn the_server_behind_is_told_in_these_headers() {
    let answer = agent_calls("github", "read");
    let mut response = HttpResponse::Ok();
    for (name, value) in identity::headers(&answer.record) {
        response
            .insert_header((name.as_str(), value.map_or("-".to_owned(), |v| v.to_str().unwrap().to_owned())));
    }
    insta::assert_snapshot!(lines(response.finish()), @"
    200
    x-answerable-actor-kind: agent
    x-answerable-actor-name: Zo%C3%AB's bot
    x-answerable-actor: 00000000-0000-0000-0000-000000000003
    x-answerable-decision-id: 00000000-0000-0000-0000-000000000063
    x-answerable-on-behalf-of: -
    x-answerable-owner: 00000000-0000-0000-0000-000000000002
    x-answerable-run-id: -
    x-answerable-workspace: platform
    ");
}

#[test]
fn a_denial_is_told_to_the_agent_in_this_shape() {
    let denied = agent_calls("github", "wipe");
    insta::assert_snapshot!(lines(refusal::refusal(&denied.record, Some(&Value::from(7)), false)), @r#"
    403
    x-answerable-decision-id: 00000000-0000-0000-0000-000000000063
    x-answerable-reason: not_granted
    {"jsonrpc":"2.0","id":7,"error":{"code":-32001,"message":"No role gives access to this.","data":{"reason":"not_granted","decision_id":"00000000-0000-0000-0000-000000000063"}}}
    "#);
    let missing = answer(Subject::Missing, "github", Operation::Session { method: "GET" });
    insta::assert_snapshot!(lines(refusal::refusal(&missing.record, None, false)), @r#"
    401
    www-authenticate: Bearer
    x-answerable-decision-id: 00000000-0000-0000-0000-000000000063
    x-answerable-reason: credential_missing
    {"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"No credential was presented. Send the agent's key as a bearer token.","data":{"reason":"credential_missing","decision_id":"00000000-0000-0000-0000-000000000063"}}}
    "#);
    let mismatch = answer(Subject::Missing, "github", Operation::Malformed);
    insta::assert_snapshot!(lines(refusal::refusal(&mismatch.record, Some(&Value::from("a")), true)), @r#"
    403
    x-answerable-decision-id: 00000000-0000-0000-0000-000000000063
    x-answerable-reason: malformed
    {"jsonrpc":"2.0","id":"a","error":{"code":-32020,"message":"The call could not be understood, so it was refused. Send one JSON-RPC message whose headers agree with its body.","data":{"reason":"malformed","decision_id":"00000000-0000-0000-0000-000000000063"}}}
    "#);
}

#[test]
fn a_path_never_tells_what_exists() {
    let path = |server: &str, tool: &str| {
        let answer = agent_calls(server, tool);
        serde_json::to_string(&explain(answer.decision())).expect("JSON")
    };
    // Known and not granted, unknown on a known server, and on an unknown one: in the agent's scope and outside of it.
    assert_eq!(path("github", "wipe"), path("github", "wander"));
    assert_eq!(path("github", "drop"), path("github", "nothing"));
    assert_eq!(path("github", "drop"), path("nowhere", "wipe"));
    insta::assert_snapshot!(path("github", "wipe"), @r#"[{"question":"gateway","holds":true},{"question":"credential","holds":true},{"question":"principal","holds":true},{"question":"grant","holds":false,"reason":"not_granted"}]"#);
    insta::assert_snapshot!(path("github", "drop"), @r#"[{"question":"gateway","holds":true},{"question":"credential","holds":true},{"question":"principal","holds":true},{"question":"ceiling","holds":false,"reason":"outside_scope"}]"#);
}
