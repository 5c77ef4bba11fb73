//! Deactivated by the directory: every agent of theirs is refused at the very next call, with the evidence saying why.

use serde_json::{Value, json};

use super::{Directory, at, id};
use crate::world::{Minted, Scene, reason, text};

/// A person of the directory with two agents at work.
struct Stage<'w> {
    scene: Scene<'w>,
    person: Value,
    agents: Vec<(String, Minted)>,
}

impl<'w> Stage<'w> {
    async fn set(directory: &'w Directory) -> Self {
        let scene = Scene::set(&directory.world).await;
        let person = directory.person("Maya").await;
        directory.world.join(&scene.workspace, id(&person), &scene.role).await;
        let scope = json!([{"server": scene.server_id, "tools": "search_notes"}]);
        let mut agents = Vec::new();
        for name in ["First", "Second"] {
            let agent = directory.world.agent(name, id(&person), &scope).await;
            let key = directory.world.key("agent", &agent).await;
            agents.push((agent, key));
        }
        let stage = Self { scene, person, agents };
        stage.all_answer("allow").await;
        stage
    }

    async fn all_answer(&self, expected: &str) {
        for (_, key) in &self.agents {
            let answer = self.scene.check_as(&key.token, "search_notes", &json!({"query": "x"})).await;
            assert_eq!(reason(&answer), expected, "{answer}");
        }
        let answer = self.scene.check("search_notes", &json!({"query": "x"})).await;
        assert_eq!(reason(&answer), "allow", "nobody else is disturbed: {answer}");
    }
}

#[tokio::test]
async fn a_deactivated_person_is_cut_in_one_revision() {
    let directory = Directory::connected().await;
    let stage = Stage::set(&directory).await;
    let off = json!([{"op": "Replace", "path": "active", "value": "False"}]);
    directory.patch(&at(&stage.person), off).await;
    stage.all_answer("credential_revoked").await;

    let changes = directory.world.changes("").await;
    let last = changes.iter().filter_map(|change| change["revision"].as_u64()).max();
    let cut: Vec<&Value> = changes.iter().filter(|change| change["revision"].as_u64() == last).collect();
    assert_eq!(cut.len(), 1 + 2 + 2, "the membership, two agents and their keys, in one revision: {cut:#?}");
    assert!(cut.iter().all(|change| change["action"] == "member.suspend"));
    let said = json!(cut).to_string();
    assert!(said.contains("deactivated by the directory"), "{said}");
    let decision = text(cut[0], "decision");
    let decision = directory.world.get(&format!("decisions/{decision}")).await;
    assert_eq!(decision["decision"], "allow", "{decision}");

    let on = json!([{"op": "replace", "path": "active", "value": true}]);
    directory.patch(&at(&stage.person), on).await;
    stage.all_answer("credential_revoked").await;
}

#[tokio::test]
async fn a_deleted_person_is_cut_as_well() {
    let directory = Directory::connected().await;
    let stage = Stage::set(&directory).await;
    directory.expect(204, "DELETE", &at(&stage.person), None).await;
    stage.all_answer("credential_revoked").await;
    for (agent, _) in &stage.agents {
        assert_eq!(directory.world.get(&format!("agents/{agent}")).await["state"], "unowned");
    }
}

#[tokio::test]
async fn handed_over_first_the_agents_stay() {
    let directory = Directory::connected().await;
    let stage = Stage::set(&directory).await;
    let to = json!({"to": stage.scene.acting.owner});
    directory.world.post(&format!("members/{}/hand-over", id(&stage.person)), &to).await;
    directory.expect(204, "DELETE", &at(&stage.person), None).await;
    stage.all_answer("allow").await;
}

/// The first owner came before the directory, and is out of its reach.
#[tokio::test]
async fn whom_the_directory_did_not_bring_it_does_not_reach() {
    let directory = Directory::connected().await;
    let members = directory.world.list("members").await;
    let owner = text(&members[0], "id");
    for (method, body) in [("GET", None), ("DELETE", None)] {
        directory.expect(404, method, &format!("/Users/{owner}"), body).await;
    }
    // Made an owner by hand, somebody of the directory is not the last who can mend the organization.
    let maya = directory.person("Maya").await;
    directory.world.patch(&format!("members/{}", id(&maya)), &json!({"role": "owner"})).await;
    directory.world.manage("PATCH", &format!("members/{owner}"), Some(&json!({"role": "member"}))).await;
    let off = super::patch(json!([{"op": "replace", "path": "active", "value": false}]));
    let said = directory.expect(409, "PATCH", &at(&maya), Some(&off)).await;
    assert!(said["detail"].as_str().is_some_and(|detail| detail.contains("last active owner")), "{said}");
}
