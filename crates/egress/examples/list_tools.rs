//! Lists the tools of an MCP server on loopback: `cargo run -p egress --example list_tools -- URL [BEARER]`.

use std::process::ExitCode;

use egress::{Egress, mcp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(url) = arguments.next() else {
        eprintln!("usage: list_tools URL [BEARER]");
        return ExitCode::FAILURE;
    };
    let bearer = arguments.next();
    // The one exception is the host that was named, as an operator would write it.
    let named = url.split('/').nth(2).unwrap_or_default().parse();
    let egress = Egress::new(named.into_iter().collect());
    match mcp::list_tools(&egress, &url, bearer.as_deref()).await {
        Ok(listing) => {
            let name = listing.server_name.unwrap_or_default();
            let version = listing.server_version.unwrap_or_default();
            println!("{name} {version}, protocol {}", listing.protocol_version);
            for tool in &listing.tools {
                println!("  {}  {}", tool.name, tool.description.as_deref().unwrap_or_default());
            }
            println!("{} tools", listing.tools.len());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
