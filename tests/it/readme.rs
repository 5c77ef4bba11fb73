//! What README.md tells people to type does what it says.

use std::process::Command;

use serde_json::Value;
use testkit::answerable::Demo;
use testkit::directory::Directory;
use testkit::paths::repository;

/// The commands that set everything up. The tests of this repository are what the second one runs, and every demo
/// here is what the first one starts.
const SET_UP: [&str; 2] = ["cargo run -- demo", "cargo xtask test"];

/// The fenced blocks of shell, in their order.
fn blocks() -> Vec<String> {
    let readme = std::fs::read_to_string(repository("README.md")).expect("README.md");
    let (mut blocks, mut block) = (Vec::new(), None::<String>);
    for line in readme.lines() {
        match (&mut block, line.trim_end()) {
            (None, "```sh") => block = Some(String::new()),
            (Some(_), "```") => blocks.extend(block.take()),
            (Some(lines), line) => {
                lines.push_str(line);
                lines.push('\n');
            }
            (None, _) => {}
        }
    }
    assert!(block.is_none(), "a block that does not end");
    blocks
}

/// Types a block into a shell that knows what the demo printed; what it said.
fn typed(block: &str, demo: &Demo) -> String {
    let mut shell = Command::new("sh");
    shell.args(["-euc", block]).current_dir(repository(""));
    for name in ["URL", "ORG", "API_KEY", "GATEWAY_KEY", "AGENT_KEY", "ROBOT_KEY"] {
        shell.env(format!("ANSWERABLE_{name}"), demo.value(name));
    }
    testkit::process::run(&mut shell)
}

#[test]
fn every_block_is_a_set_up_or_does_what_it_says() {
    let data = Directory::new();
    let demo = Demo::start(data.path());
    let blocks = blocks();
    let tried: Vec<&String> = blocks.iter().filter(|block| !SET_UP.contains(&block.trim())).collect();
    assert_eq!(blocks.len(), tried.len() + SET_UP.len(), "each of the two is there once");
    let said: Vec<Value> = tried
        .iter()
        .map(|block| serde_json::from_str(&typed(block, &demo)).expect("a JSON answer"))
        .collect();
    let [asked, paused] = said.as_slice() else { panic!("{} blocks to try", said.len()) };
    assert_eq!((&asked["decision"], &asked["reason"]), (&true.into(), &"granted".into()), "{asked}");
    assert_eq!(
        (&paused["state"], &paused["receipt"]["complete"]),
        (&"paused".into(), &true.into()),
        "{paused}"
    );

    let ask = |block: &str| -> Value { serde_json::from_str(&typed(block, &demo)).expect("a JSON answer") };
    assert_eq!(ask(tried[0])["reason"], "agent_paused", "the very next call");
    typed(
        &tried[1].replace("/pause", "/resume").replace(r#"-d '{"reason":"having a look"}'"#, "-d '{}'"),
        &demo,
    );
    assert_eq!(ask(tried[0])["reason"], "granted");
    assert_eq!(ask(&tried[0].replace("420", "4200"))["reason"], "argument_not_allowed");
    let explained = ask(&tried[0].replace("/v1/check", "/v1/check?explain=true"));
    assert!(explained["explain"].as_array().is_some_and(|path| path.len() > 5), "{explained}");
}
