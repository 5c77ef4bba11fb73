//! The servers, the client and the yardstick, without a gateway between.

use serde_json::json;
use testkit::cerbos::{Audit, CHECK_PATH, Cerbos};
use testkit::http::Request;
use testkit::mcp::{Client, Notebook};
use testkit::ports;

#[tokio::test]
async fn the_client_speaks_both_protocols_and_reads_a_described_anew_tool() {
    let address = ports::loopback(ports::free());
    let server = Notebook::start_on(address, &json!({"delete_note": "Deletes all notes."}));
    let mut client = Client::start();
    for (mode, protocol) in [("auto", "2026-07-28"), ("legacy", "2025-11-25")] {
        let order = json!({"url": server.url(), "do": "list", "mode": mode});
        let listed = client.perform(&order).await;
        assert_eq!(listed.0["protocol"], protocol);
        assert_eq!(listed.tools(), ["search_notes", "create_note", "delete_note", "transfer", "whoami"]);
    }
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }}});
    let request = Request::post("/mcp", &body)
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/list");
    let answer = request.send(address).await;
    assert!(answer.text().contains("Deletes all notes."), "{}", answer.text());
}

#[tokio::test]
async fn the_yardstick_allows_the_check_and_writes_it_down_when_told_to() {
    for audit in [Audit::File, Audit::Off] {
        let cerbos = Cerbos::start(audit);
        let ask = async |body: String| {
            let request = Request::new("POST", CHECK_PATH).header("content-type", "application/json");
            request.body(body).send(cerbos.address).await.json()["results"][0]["actions"]["call"].clone()
        };
        assert_eq!(ask(Cerbos::request()).await, "EFFECT_ALLOW");
        assert_eq!(ask(Cerbos::request().replace("\"amount\": 5", "\"amount\": 500")).await, "EFFECT_DENY");
        let written = || cerbos.audit_log().lines().filter(|line| line.contains("checkResources")).count();
        if audit == Audit::File {
            testkit::process::wait_until("both are written", std::time::Duration::from_secs(10), || {
                written() == 2
            });
        } else {
            assert_eq!(written(), 0);
        }
    }
}
