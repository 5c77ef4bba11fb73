//! The organization of the demo. Everything but its first owner is made over the API, as a user would make it.

use serde_json::{Value, json};

use crate::client::Client;
use crate::demo::keys::Keys;
use crate::failure::Failure;

/// What the organization is called in addresses.
pub(crate) const SLUG: &str = "northwind";

const ORG: &str = "/v1/orgs/northwind";

/// Makes people, workspaces, servers, roles, agents, a robot and a gateway.
pub(crate) async fn seed(client: &Client, management: String) -> Result<Keys, Failure> {
    let people = people(client).await?;
    workspaces(client).await?;
    servers(client).await?;
    let roles = roles(client).await?;
    let agents = agents(client, &people).await?;
    let robot = post(
        client,
        "/robots",
        json!({
            "name": "Ledger Export", "purpose": "Copies paid invoices into the ledger every night.",
            "stewards": [people.amara],
        }),
    )
    .await?;
    place(client, "platform", json!({ "user": people.jonas, "role": roles.developer })).await?;
    place(client, "finance", json!({ "user": people.maya, "role": roles.accountant })).await?;
    place(client, "finance", json!({ "robot": robot, "role": roles.exporter })).await?;
    let gateway = post(client, "/gateways", json!({ "name": "Demo gateway" })).await?;

    let keys = Keys::new(
        management,
        key(client, json!({ "name": "demo", "gateway": gateway })).await?,
        key(client, json!({ "name": "laptop", "agent": agents.reconciler })).await?,
        key(client, json!({ "name": "nightly", "robot": robot })).await?,
    );
    let release = key(client, json!({ "name": "ci", "agent": agents.release })).await?;
    let triage = key(client, json!({ "name": "helpdesk", "agent": agents.triage })).await?;
    let pause = format!("/agents/{}/pause", agents.triage);
    post(client, &pause, json!({ "reason": "Answered a customer twice." })).await?;
    let others = vec![("Release Notes".to_owned(), release), ("Support Triage".to_owned(), triage)];
    Ok(keys.and(others))
}

struct People {
    maya: String,
    jonas: String,
    amara: String,
}

async fn people(client: &Client) -> Result<People, Failure> {
    let add = async |name: &str, email: &str, role: &str| {
        let answer = client
            .post(&format!("{ORG}/members"), &json!({ "name": name, "email": email, "role": role }))
            .await?;
        text(&answer, "/user/id").or_else(|_| text(&answer, "/id"))
    };
    let jonas = add("Jonas Weber", "jonas@northwind.example", "member").await?;
    let amara = add("Amara Okafor", "amara@northwind.example", "admin").await?;
    add("Li Wei", "li@northwind.example", "auditor").await?;
    let me = client
        .post(
            &format!("{ORG}/agents"),
            &json!({ "name": "Invoice Reconciler",
        "purpose": "Matches invoices with payments, and pays small ones." }),
        )
        .await?;
    Ok(People { maya: text(&me, "/owner/id")?, jonas, amara })
}

async fn workspaces(client: &Client) -> Result<(), Failure> {
    post(
        client,
        "/workspaces",
        json!({ "slug": "platform", "name": "Platform", "visibility": "organization" }),
    )
    .await?;
    post(client, "/workspaces", json!({ "slug": "finance", "name": "Finance", "visibility": "private" }))
        .await?;
    Ok(())
}

async fn servers(client: &Client) -> Result<(), Failure> {
    let github =
        json!({ "slug": "github", "name": "GitHub", "credential_mode": "shared", "identity_mode": "agent" });
    let payments = json!({ "slug": "payments", "name": "Payments", "credential_mode": "shared", "identity_mode": "agent" });
    let mailbox = json!({ "slug": "mailbox", "name": "Mailbox", "credential_mode": "personal", "identity_mode": "agent" });
    for server in [github, payments, mailbox] {
        post(client, "/servers", server).await?;
    }
    for (server, name, risk, says) in [
        ("github", "search_issues", "read", "Finds issues by text."),
        ("github", "create_issue", "write", "Opens an issue."),
        ("github", "delete_repository", "destructive", "Deletes a repository for ever."),
        ("payments", "list_invoices", "read", "Lists invoices."),
        ("payments", "pay_invoice", "write", "Pays an invoice."),
        ("payments", "refund_payment", "destructive", "Sends money back."),
        ("mailbox", "search_mail", "read", "Finds mail by text."),
        ("mailbox", "send_mail", "write", "Sends a mail."),
        ("mailbox", "delete_mail", "destructive", "Deletes a mail for ever."),
    ] {
        let tool = json!({ "name": name, "title": says, "risk": risk, "description": says });
        post(client, &format!("/servers/{server}/tools"), tool).await?;
    }
    for (workspace, server) in [("platform", "github"), ("finance", "payments"), ("finance", "mailbox")] {
        client.put(&format!("{ORG}/workspaces/{workspace}/servers/{server}"), &json!({})).await?;
    }
    Ok(())
}

struct Roles {
    developer: String,
    accountant: String,
    exporter: String,
}

async fn roles(client: &Client) -> Result<Roles, Failure> {
    let role = async |name: &str, purpose: &str, grants: Vec<Value>| {
        let id = post(client, "/roles", json!({ "name": name, "purpose": purpose })).await?;
        for grant in grants {
            post(client, &format!("/roles/{id}/grants"), grant).await?;
        }
        Ok::<_, Failure>(id)
    };
    let small = json!([{ "pointer": "/amount", "operator": "at_most", "value": 500 }]);
    let accountant = vec![
        json!({ "server": "payments", "tools": "list_*" }),
        json!({ "server": "payments", "tools": "pay_invoice", "constraints": small }),
        json!({ "server": "mailbox", "tools": "*" }),
    ];
    let exporter = vec![
        json!({ "server": "payments", "tools": "list_invoices" }),
        json!({ "server": "mailbox", "tools": "search_mail" }),
    ];
    Ok(Roles {
        developer: role("Developer", "Works on the code.", vec![json!({ "server": "github", "tools": "*" })])
            .await?,
        accountant: role("Accountant", "Pays invoices up to 500.", accountant).await?,
        exporter: role("Exporter", "Reads what is to be exported.", exporter).await?,
    })
}

struct Agents {
    reconciler: String,
    release: String,
    triage: String,
}

async fn agents(client: &Client, people: &People) -> Result<Agents, Failure> {
    let listed = client.get(&format!("{ORG}/agents")).await?;
    let reconciler = text(&listed, "/items/0/id")?;
    let scope = json!({ "scope": [
        { "server": "payments", "tools": "list_invoices" },
        { "server": "payments", "tools": "pay_invoice" },
        { "server": "mailbox", "tools": "search_mail" },
    ] });
    client.put(&format!("{ORG}/agents/{reconciler}/scope"), &scope).await?;
    let release = post(client, "/agents", json!({
        "name": "Release Notes", "purpose": "Writes release notes from closed issues.", "owner": people.jonas,
        "scope": [{ "workspace": "platform", "server": "github", "tools": "*" }],
        "never": [{ "server": "github", "tools": "delete_*" }],
    }))
    .await?;
    let triage = post(client, "/agents", json!({
        "name": "Support Triage", "purpose": "Sorts what customers report.", "owner": people.jonas,
        "scope": [{ "server": "github", "tools": "search_issues" }, { "server": "github", "tools": "create_issue" }],
    }))
    .await?;
    Ok(Agents { reconciler, release, triage })
}

async fn place(client: &Client, workspace: &str, who: Value) -> Result<(), Failure> {
    post(client, &format!("/workspaces/{workspace}/memberships"), who).await.map(drop)
}

/// Makes something and gives its id back.
async fn post(client: &Client, path: &str, body: Value) -> Result<String, Failure> {
    let answer = client.post(&format!("{ORG}{path}"), &body).await?;
    text(&answer, "/id")
}

/// Makes a key and gives its secret back.
async fn key(client: &Client, body: Value) -> Result<String, Failure> {
    text(&client.post(&format!("{ORG}/keys"), &body).await?, "/token")
}

fn text(answer: &Value, pointer: &str) -> Result<String, Failure> {
    answer
        .pointer(pointer)
        .and_then(Value::as_str)
        .map(ToOwned::to_owned)
        .ok_or_else(|| Failure::Said(format!("no `{pointer}` in {answer}")))
}
