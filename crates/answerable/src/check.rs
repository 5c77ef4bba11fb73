use clap::Args;
use serde_json::{Map, Value, json};

use crate::client::Client;
use crate::failure::Failure;

/// What to ask.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Where the server is.
    #[arg(long, env = "ANSWERABLE_URL", default_value = "http://127.0.0.1:8400", value_name = "URL")]
    url: String,
    /// The gateway's key.
    #[arg(long, env = "ANSWERABLE_GATEWAY_KEY", value_name = "KEY", hide_env_values = true)]
    gateway_key: String,
    /// The credential of the agent or robot.
    #[arg(long, env = "ANSWERABLE_AGENT_KEY", value_name = "KEY", hide_env_values = true)]
    credential: String,
    /// The server's slug.
    #[arg(value_name = "SERVER")]
    server: String,
    /// The tool's name.
    #[arg(value_name = "TOOL")]
    tool: String,
    /// The tool's arguments, as JSON.
    #[arg(value_name = "JSON")]
    with: Option<String>,
    /// The workspace's slug, where the server is offered in several.
    #[arg(long, value_name = "SLUG")]
    workspace: Option<String>,
}

/// Asks, and prints the answer with its path. Ends with failure where the answer is a denial.
pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let question = question(&arguments)?;
    let client = Client::new(&arguments.url, &arguments.gateway_key)?;
    let answer = client.post("/v1/check?explain=true", &question).await?;
    print(&arguments, &answer);
    if answer.get("decision").and_then(Value::as_bool) == Some(true) {
        return Ok(());
    }
    let reason = answer.get("reason").and_then(Value::as_str).unwrap_or("unknown");
    let said = decision::Reason::of(reason).map(decision::Reason::say);
    Err(Failure::Said(format!("denied: {}", said.unwrap_or(reason))))
}

fn question(arguments: &Arguments) -> Result<Value, Failure> {
    let mut question = Map::new();
    question.insert("credential".into(), json!(arguments.credential));
    question.insert("server".into(), json!(arguments.server));
    question.insert("method".into(), json!("tools/call"));
    question.insert("tool".into(), json!(arguments.tool));
    if let Some(text) = &arguments.with {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Failure::Said(format!("the arguments are not JSON: {error}")))?;
        question.insert("arguments".into(), value);
    }
    if let Some(workspace) = &arguments.workspace {
        question.insert("workspace".into(), json!(workspace));
    }
    Ok(Value::Object(question))
}

fn print(arguments: &Arguments, answer: &Value) {
    let text = |pointer: &str| answer.pointer(pointer).and_then(Value::as_str).unwrap_or("-");
    let allowed = answer.get("decision").and_then(Value::as_bool) == Some(true);
    println!("{} {}/{}", if allowed { "allow" } else { "deny " }, arguments.server, arguments.tool);
    println!("  reason    {}", text("/reason"));
    println!("  actor     {} ({})", text("/actor/name"), text("/actor/kind"));
    println!("  owner     {}", text("/owner/name"));
    println!("  workspace {}", text("/workspace"));
    println!("  decision  {}", text("/decision_id"));
    for step in answer.get("explain").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| step.get(key).and_then(Value::as_str).unwrap_or("");
        let holds = step.get("holds").and_then(Value::as_bool) == Some(true);
        println!("  {} {:<11} {}", if holds { "holds" } else { "stops" }, text("question"), text("reason"));
    }
}
