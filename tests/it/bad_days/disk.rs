//! A disk that is full.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use testkit::answerable::{Program, binary, command};
use testkit::directory::Directory;
use testkit::http::{Request, Response};
use testkit::ports;
use testkit::process::eventually;

use crate::world::{Ask, Scene, World, check_body, create_organization, migrate, text, wait_ready};

/// A program whose data is on a small disk that nobody else sees.
struct Cramped {
    program: Program,
    world: World,
    small: PathBuf,
    _files: Directory,
}

impl Cramped {
    /// In a mount namespace of its own, which takes no privilege. The rest of the system sees the disk through the
    /// process alone.
    async fn start() -> Self {
        let files = Directory::new();
        let seed = format!("sqlite://{}?mode=rwc", files.join("answerable.sqlite").display());
        migrate(&seed);
        let api_key = create_organization(&seed, "northwind");
        let small = files.join("small");
        fs::create_dir(&small).expect("a directory");
        let url = format!("sqlite://{}?mode=rw", small.join("answerable.sqlite").display());
        let address = ports::loopback(ports::free());
        let mut inside = Command::new("unshare");
        inside.args(["--map-root-user", "--mount", "sh", "-ec"]);
        inside.arg(
            r#"mount -t tmpfs -o size=8m tmpfs "$1"; cp "$0"/answerable.sqlite* "$1"; shift; exec "$@""#,
        );
        inside.arg(files.path()).arg(&small).arg(binary()).arg("serve");
        for (name, value) in command().get_envs() {
            match value {
                Some(value) => inside.env(name, value),
                None => inside.env_remove(name),
            };
        }
        inside.env("ANSWERABLE_DATABASE__URL", &url).env("ANSWERABLE_SERVER__LISTEN", address.to_string());
        let program = Program::start(&mut inside, address);
        wait_ready(address).await;
        let world = World::new(address, url, "northwind".to_owned(), api_key).await;
        let root = PathBuf::from(format!("/proc/{}/root", program.child.id()));
        let small = root.join(small.strip_prefix("/").expect("an absolute path"));
        Self { program, world, small, _files: files }
    }

    /// Takes everything that is left.
    fn fill(&self) {
        let mut file = File::create(self.small.join("ballast")).expect("a file");
        let block = [0; 4096];
        while file.write_all(&block).is_ok() {}
    }

    fn free(&self) {
        fs::remove_file(self.small.join("ballast")).expect("the ballast");
    }
}

async fn ask(scene: &Scene<'_>) -> Response {
    let ask = Ask {
        credential: &scene.acting.key.token,
        server: &scene.server,
        tool: "search_notes",
        arguments: Some(&json!({})),
    };
    Request::post("/v1/check", &check_body(&ask))
        .bearer(&scene.world.gateway_key)
        .send(scene.world.address)
        .await
}

#[tokio::test]
async fn a_full_disk_stops_answers_until_there_is_room() {
    let mut cramped = Cramped::start().await;
    let world = &cramped.world;
    let scene = Scene::set(world).await;
    let mut answered = vec![text(&ask(&scene).await.json(), "decision_id")];

    cramped.fill();
    let refused = async || {
        let response = ask(&scene).await;
        match response.status {
            200 => answered.push(text(&response.json(), "decision_id")),
            503 => return Some(text(&response.json(), "code")),
            status => panic!("{status} {}", response.text()),
        }
        None
    };
    // What is left in the files as they are may still take a few.
    let code = eventually("no room is noticed", Duration::from_mins(1), refused).await;
    assert_eq!(code, "recorder_unavailable");
    let managed = world.manage("POST", "roles", Some(&json!({"name": "no room"}))).await;
    assert_eq!(managed.status, 503, "{}", managed.text());

    cramped.free();
    let again = async || Some(ask(&scene).await).filter(|answer| answer.status == 200);
    let response = eventually("it answers again", Duration::from_secs(30), again).await;
    answered.push(text(&response.json(), "decision_id"));
    for id in &answered {
        assert_eq!(world.decision(id).await["decision"], "allow", "what was answered is kept");
    }
    assert!(cramped.program.child.stop().success());
}
