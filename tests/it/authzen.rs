//! OpenID AuthZEN, Authorization API 1.0: what its clients rely on.

use serde_json::{Value, json};
use testkit::http::{Request, Response};

use crate::world::{Scene, World, text};

/// Who asks: a gateway whose word counts for who the subject is, or one whose word does not.
struct Asking<'w> {
    scene: Scene<'w>,
    trusted: String,
}

impl Asking<'_> {
    async fn set() -> Asking<'static> {
        let scene = Scene::set(World::shared().await).await;
        let (_, key) = scene.world.gateway(&json!({"may_assert_subjects": true})).await;
        Asking { scene, trusted: key.token }
    }

    /// The agent calls a tool of the shared server.
    fn evaluation(&self, tool: &str) -> Value {
        json!({
            "subject": {"type": "agent", "id": self.scene.acting.agent},
            "action": {"name": "tools/call"},
            "resource": {"type": "tool", "id": tool, "properties": {"server": self.scene.server}},
            "context": {"arguments": {"query": "x"}},
        })
    }

    async fn ask(&self, path: &str, body: &Value) -> Response {
        Request::post(path, body).bearer(&self.trusted).send(self.scene.world.address).await
    }

    async fn evaluate(&self, body: &Value) -> Value {
        let response = self.ask("/access/v1/evaluation", body).await;
        assert_eq!(response.status, 200, "{body}: {}", response.text());
        response.json()
    }

    async fn evaluate_all(&self, body: &Value) -> Value {
        let response = self.ask("/access/v1/evaluations", body).await;
        assert_eq!(response.status, 200, "{body}: {}", response.text());
        response.json()
    }
}

#[tokio::test]
async fn a_decision_is_200_with_a_boolean_and_nothing_else() {
    let asking = Asking::set().await;
    assert_eq!(asking.evaluate(&asking.evaluation("search_notes")).await, json!({"decision": true}));
    assert_eq!(asking.evaluate(&asking.evaluation("delete_note")).await, json!({"decision": false}));
    let response = asking.ask("/access/v1/evaluation", &asking.evaluation("search_notes")).await;
    assert_eq!(response.header("content-type"), Some("application/json"));
    let id = response.header("x-answerable-decision-id").expect("the recorded decision");
    assert_eq!(asking.scene.world.decision(id).await["decision"], "allow");
}

#[tokio::test]
async fn context_comes_to_those_who_ask_for_it() {
    let asking = Asking::set().await;
    let mut body = asking.evaluation("delete_note");
    body["context"]["explain"] = json!(true);
    let answer = asking.evaluate(&body).await;
    assert_eq!((&answer["decision"], &answer["context"]["reason"]), (&json!(false), &json!("outside_scope")));
    assert!(answer["context"]["explain"].as_array().is_some_and(|path| !path.is_empty()), "{answer}");
}

#[tokio::test]
async fn unknown_fields_are_ignored_and_missing_ones_are_not() {
    let asking = Asking::set().await;
    let whole = asking.evaluation("search_notes");
    let mut more = whole.clone();
    for pointer in ["", "/subject", "/action", "/resource", "/context"] {
        more.pointer_mut(pointer).expect("there")["x_unknown"] = json!({"deep": [1]});
    }
    assert_eq!(asking.evaluate(&more).await, json!({"decision": true}));

    for (what, broken) in [
        ("subject", without(&whole, "", "subject")),
        ("action", without(&whole, "", "action")),
        ("resource", without(&whole, "", "resource")),
        ("subject.type", without(&whole, "/subject", "type")),
        ("subject.id", without(&whole, "/subject", "id")),
        ("action.name", without(&whole, "/action", "name")),
        ("resource.type", without(&whole, "/resource", "type")),
        ("resource.id", without(&whole, "/resource", "id")),
    ] {
        let response = asking.ask("/access/v1/evaluation", &broken).await;
        assert_eq!(response.status, 400, "{what}: {}", response.text());
        assert!(response.text().contains(what), "the message names it: {}", response.text());
        assert!(response.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")), "{what}");
    }
    for body in ["", "[]", "null", "{", r#"{"subject":1,"subject":2}"#] {
        let request = Request::new("POST", "/access/v1/evaluation").bearer(&asking.trusted);
        let request = request.header("content-type", "application/json").body(body);
        assert_eq!(request.send(asking.scene.world.address).await.status, 400, "{body:?}");
    }
}

fn without(whole: &Value, pointer: &str, field: &str) -> Value {
    let mut broken = whole.clone();
    let object = broken.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object");
    assert!(object.remove(field).is_some(), "{pointer} {field}");
    broken
}

#[tokio::test]
async fn the_request_id_comes_back_as_it_went() {
    let asking = Asking::set().await;
    let body = asking.evaluation("search_notes");
    let statuses =
        [(asking.trusted.as_str(), body.clone(), 200), (&asking.trusted, json!({}), 400), ("x", body, 401)];
    for (key, body, status) in statuses {
        for id in ["bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "Any Thing; at=all, even_this"] {
            let request =
                Request::post("/access/v1/evaluation", &body).bearer(key).header("X-Request-ID", id);
            let response = request.send(asking.scene.world.address).await;
            assert_eq!((response.status, response.header("x-request-id")), (status, Some(id)));
        }
    }
}

#[tokio::test]
async fn only_gateways_are_answered_and_others_are_told_how() {
    let asking = Asking::set().await;
    let body = asking.evaluation("search_notes");
    let world = asking.scene.world;
    for path in ["/access/v1/evaluation", "/access/v1/evaluations"] {
        for key in [None, Some("ans_gk_x"), Some(&*asking.scene.acting.key.token), Some(&*world.api_key)] {
            let request = Request::post(path, &body);
            let request = key.map_or_else(|| request.clone(), |key| request.clone().bearer(key));
            let response = request.send(world.address).await;
            assert_eq!(response.status, 401, "{path} {key:?}: {}", response.text());
            assert!(
                response.header("www-authenticate").is_some_and(|how| how.starts_with("Bearer")),
                "{path}"
            );
        }
        let response = Request::get(path).bearer(&asking.trusted).send(world.address).await;
        assert_eq!(response.status, 405, "{path}");
    }
}

#[tokio::test]
async fn a_batch_takes_its_defaults_as_wholes() {
    let asking = Asking::set().await;
    let tool =
        |name: &str| json!({"type": "tool", "id": name, "properties": {"server": asking.scene.server}});
    let mut body = asking.evaluation("search_notes");
    body["evaluations"] = json!([
        {},
        {"resource": tool("whoami")},
        {"resource": tool("delete_note")},
        // Not merged: without the properties of the default it is a tool of no server.
        {"resource": {"type": "tool", "id": "search_notes"}},
        {"subject": {"type": "agent", "id": "00000000-0000-7000-8000-000000000000"}},
        {"action": {}},
        "not an object",
    ]);
    let answer = asking.evaluate_all(&body).await;
    let answers = answer["evaluations"].as_array().expect("evaluations");
    let decisions: Vec<&Value> = answers.iter().map(|answer| &answer["decision"]).collect();
    assert_eq!(json!(decisions), json!([true, true, false, false, false, false, false]), "{answer}");
    // What could not be understood is denied for itself, and says so.
    for failed in &answers[5..] {
        assert_eq!(failed["context"]["error"]["status"], 400, "{failed}");
    }
    assert_eq!(answers[0], json!({"decision": true}));
}

#[tokio::test]
async fn a_batch_without_items_is_one_evaluation() {
    let asking = Asking::set().await;
    let mut body = asking.evaluation("search_notes");
    assert_eq!(asking.evaluate_all(&body).await, json!({"decision": true}));
    body["evaluations"] = json!([]);
    assert_eq!(asking.evaluate_all(&body).await, json!({"decision": true}));
    assert_eq!(asking.ask("/access/v1/evaluations", &json!({"evaluations": []})).await.status, 400);
    body["evaluations"] = json!({});
    assert_eq!(asking.ask("/access/v1/evaluations", &body).await.status, 400);
    body["evaluations"] = json!(vec![json!({}); 1001]);
    assert_eq!(asking.ask("/access/v1/evaluations", &body).await.status, 400);
}

#[tokio::test]
async fn a_batch_ends_where_its_semantic_says() {
    let asking = Asking::set().await;
    let item = |tool: &str| json!({"resource": {"type": "tool", "id": tool, "properties": {"server": asking.scene.server}}});
    let mut body = asking.evaluation("search_notes");
    body["evaluations"] =
        json!([item("search_notes"), item("delete_note"), item("whoami"), item("create_note")]);
    for (semantic, expected) in [
        (None, json!([true, false, true, false])),
        (Some("execute_all"), json!([true, false, true, false])),
        (Some("deny_on_first_deny"), json!([true, false])),
        (Some("permit_on_first_permit"), json!([true])),
    ] {
        body["options"] = semantic.map_or(json!({}), |name| json!({"evaluations_semantic": name}));
        let answer = asking.evaluate_all(&body).await;
        let decisions =
            answer["evaluations"].as_array().expect("evaluations").iter().map(|one| &one["decision"]);
        assert_eq!(json!(decisions.collect::<Vec<_>>()), expected, "{semantic:?}");
    }
    body["options"] = json!({"evaluations_semantic": "whatever"});
    assert_eq!(asking.ask("/access/v1/evaluations", &body).await.status, 400);
}

#[tokio::test]
async fn each_tenant_has_its_metadata() {
    let world = World::shared().await;
    let discover = async |tenant: &str| {
        let path = format!("/.well-known/authzen-configuration/{tenant}");
        Request::get(&path).send(world.address).await
    };
    let response = discover(&world.organization).await;
    assert_eq!(response.status, 200, "{}", response.text());
    let metadata = response.json();
    let root = format!("http://{}", world.address);
    // The identifier and the address are made from each other: the well-known part goes between host and path.
    assert_eq!(text(&metadata, "policy_decision_point"), format!("{root}/{}", world.organization));
    for (field, path) in [
        ("access_evaluation_endpoint", "/access/v1/evaluation"),
        ("access_evaluations_endpoint", "/access/v1/evaluations"),
    ] {
        assert_eq!(text(&metadata, field), format!("{root}{path}"), "{metadata}");
    }
    let (unknown, nonsense) = (discover("nobody-at-all").await, discover("%00").await);
    assert_eq!((unknown.status, nonsense.status), (404, 404));
    assert_eq!(unknown.text(), nonsense.text());
}

#[tokio::test]
async fn a_word_for_the_subject_counts_only_from_gateways_that_may_give_it() {
    let asking = Asking::set().await;
    let (scene, untrusted) = (&asking.scene, asking.scene.world.gateway_key.clone());
    let bystander = scene.bystander().await;
    let ask = async |key: &str, credential: Option<&str>, subject: &str| {
        let mut body = asking.evaluation("search_notes");
        body["subject"]["id"] = json!(subject);
        body["context"]["explain"] = json!(true);
        if let Some(credential) = credential {
            body["context"]["credential"] = json!(credential);
        }
        let request = Request::post("/access/v1/evaluation", &body).bearer(key);
        let answer = request.send(scene.world.address).await.json();
        answer["context"]["reason"].as_str().unwrap_or_default().to_owned()
    };
    let (own, other) = (&scene.acting.agent, &bystander.agent);
    let key = Some(scene.acting.key.token.as_str());
    assert_eq!(ask(&untrusted, None, own).await, "subject_not_assertable");
    assert_eq!(ask(&untrusted, key, own).await, "granted");
    assert_eq!(ask(&untrusted, key, other).await, "subject_mismatch");
    assert_eq!(ask(&asking.trusted, None, own).await, "granted");
    // A credential that is shown has to agree, whoever shows it.
    assert_eq!(ask(&asking.trusted, key, other).await, "subject_mismatch");
    assert_eq!(ask(&asking.trusted, None, "00000000-0000-7000-8000-000000000000").await, "subject_unknown");
    assert_eq!(ask(&asking.trusted, None, "*").await, "subject_unknown");
}

#[tokio::test]
async fn three_ways_to_name_an_agent_mean_the_same() {
    let asking = Asking::set().await;
    let acting = &asking.scene.acting;
    let bystander = asking.scene.bystander().await;
    let act = |sub: &str| json!({"act": {"iss": "https://x", "sub": sub, "sub_profile": "ai_agent"}});
    let person = |kind: &str, id: &str| json!({"type": kind, "id": id});
    let with_act = |id: &str| json!({"type": "user", "id": id, "properties": act(&acting.agent)});
    let cases = [
        ("the agent itself", person("agent", &acting.agent), None, true),
        ("the agent as an identity", person("identity", &acting.agent), None, true),
        ("the person, the agent in the context", person("user", &acting.owner), Some(&acting.agent), true),
        (
            "an identity, the agent in the context",
            person("identity", &acting.owner),
            Some(&acting.agent),
            true,
        ),
        ("the person, the agent as actor", with_act(&acting.owner), None, true),
        ("another person's agent", person("user", &bystander.owner), Some(&acting.agent), false),
        ("another person's agent as actor", with_act(&bystander.owner), None, false),
        ("two different agents", with_act(&acting.owner), Some(&bystander.agent), false),
    ];
    for (what, subject, agent, allowed) in cases {
        // Granted to the person, and outside the agent's scope: it shows that the agent is who is asked about.
        for (tool, expected) in [("search_notes", allowed), ("delete_note", false)] {
            let mut body = asking.evaluation(tool);
            body["subject"] = subject.clone();
            if let Some(agent) = agent {
                body["context"]["agent"] = json!(agent);
            }
            assert_eq!(asking.evaluate(&body).await, json!({"decision": expected}), "{what}: {tool}");
        }
    }
    // The person alone, without an agent, is a person.
    let mut body = asking.evaluation("delete_note");
    body["subject"] = person("user", &acting.owner);
    assert_eq!(asking.evaluate(&body).await, json!({"decision": true}));
}
