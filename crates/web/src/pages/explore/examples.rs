//! Questions to begin with, from what really happened here.

use app::evidence::{Order, Page, Query, StoredDecision};
use app::{App, Error, Reading};
use model::ToolState;

use super::pick::written;
use crate::pages::Shell;
use crate::pages::query::query;
use crate::session::Visit;

/// As many as are read at a glance.
const SHOWN: usize = 3;

/// A question, ready to be asked.
pub(super) struct Example {
    /// In words.
    pub(super) words: String,
    /// Its answer.
    pub(super) href: String,
}

/// Questions about the newest denial and the newest call that was allowed; where there are none, about the first agent
/// and the first tools.
pub(super) async fn examples(
    app: &App,
    reading: &Reading,
    visit: &Visit,
    shell: &Shell,
) -> Result<Vec<Example>, Error> {
    let mut all: Vec<Example> = Vec::new();
    for verdict in ["deny", "allow"] {
        let asked = Query::default().with("action", "tools/call").with("decision", verdict);
        let search = app.search_of(reading, &asked)?;
        let page = Page { after: None, limit: SHOWN as u64, order: Order::NewestFirst };
        let found = app.search(visit.organization, &search, page).await?;
        all.extend(found.items.iter().filter_map(|stored| happened(reading, shell, stored)));
    }
    all.extend(possible(reading, shell));
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|example| seen.insert(example.href.clone()));
    all.truncate(SHOWN);
    Ok(all)
}

fn happened(reading: &Reading, shell: &Shell, stored: &StoredDecision) -> Option<Example> {
    let who = stored.actor.as_ref()?.id;
    let server = reading.facts.server(stored.server?)?;
    let tool = stored.tool_name.as_deref()?;
    let name = reading.facts.name_of(who)?;
    Some(example(shell, &written(who), name, server.slug.as_str(), server.name.as_str(), tool))
}

/// Questions that nobody has needed an answer to yet.
fn possible(reading: &Reading, shell: &Shell) -> Vec<Example> {
    let facts = &reading.facts;
    let Some(who) = reading.caller.principal else { return Vec::new() };
    let own = match who {
        model::PrincipalId::User(user) => {
            facts.agents_of(user).next().map(|agent| model::PrincipalId::Agent(agent.id))
        }
        _ => None,
    };
    let who = own.unwrap_or(who);
    let name = facts.name_of(who).unwrap_or_default();
    let servers = facts.list_servers(None).filter(|server| server.is_active());
    let tools = servers.flat_map(|server| {
        let offered = facts.tools_of(server.id).filter(|tool| tool.state == ToolState::Offered);
        offered.map(move |tool| (server, tool))
    });
    let asks = tools.take(SHOWN).map(|(server, tool)| {
        example(shell, &written(who), name, server.slug.as_str(), server.name.as_str(), tool.name.as_str())
    });
    asks.collect()
}

fn example(shell: &Shell, who: &str, name: &str, slug: &str, server: &str, tool: &str) -> Example {
    let asked = query(&[("who", who), ("server", slug), ("tool", tool)]);
    Example {
        words: format!("May {name} use {tool} on {server}?"),
        href: format!("{}{asked}", shell.path("/explore")),
    }
}
