use serde_json::{Value, json};

use crate::client::Client;
use crate::demo::keys::Keys;
use crate::failure::Failure;

/// Asks the enforcement endpoint over HTTP about calls of each kind, and prints what it answered.
pub(crate) async fn show_decisions(client: &Client, keys: &Keys) -> Result<(), Failure> {
    let reconciler = ("Invoice Reconciler", keys.agent());
    let release = ("Release Notes", keys.other("Release Notes"));
    let triage = ("Support Triage", keys.other("Support Triage"));
    let robot = ("Ledger Export", keys.robot());
    let asked = [
        (reconciler, "payments", "list_invoices", json!({})),
        (reconciler, "payments", "pay_invoice", json!({ "invoice": "2026-117", "amount": 420 })),
        (reconciler, "payments", "pay_invoice", json!({ "invoice": "2026-118", "amount": 4200 })),
        (reconciler, "payments", "refund_payment", json!({ "payment": "p-9" })),
        (reconciler, "mailbox", "search_mail", json!({ "text": "invoice" })),
        (release, "github", "create_issue", json!({ "title": "Release notes for 1.4" })),
        (release, "github", "delete_repository", json!({ "name": "northwind/shop" })),
        (release, "payments", "list_invoices", json!({})),
        (triage, "github", "search_issues", json!({ "text": "login" })),
        (robot, "payments", "list_invoices", json!({})),
        (robot, "mailbox", "search_mail", json!({ "text": "invoice" })),
    ];
    println!("\nAsked of {}/v1/check:\n", client.base());
    println!("{:<20} {:<28} {:<7} {:<22} answers for it", "who", "what", "", "reason");
    for ((who, key), server, tool, arguments) in asked {
        let question = json!({
            "credential": key, "server": server, "method": "tools/call", "tool": tool, "arguments": arguments,
        });
        let answer = client.post("/v1/check", &question).await?;
        print_row(who, &format!("{server}/{tool}"), &answer);
    }
    Ok(())
}

fn print_row(who: &str, what: &str, answer: &Value) {
    let text = |pointer: &str| answer.pointer(pointer).and_then(Value::as_str).unwrap_or("-");
    let allowed = answer.get("decision").and_then(Value::as_bool) == Some(true);
    let word = if allowed { "allow" } else { "deny" };
    println!("{who:<20} {what:<28} {word:<7} {:<22} {}", text("/reason"), text("/owner/name"));
}
