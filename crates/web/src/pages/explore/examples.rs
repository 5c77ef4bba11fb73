//! Questions to begin with, from what really happened here.

use std::collections::BTreeSet;

use app::evidence::{Order, Page, Query, StoredDecision};
use app::{App, Error, Reading};
use decision::{Action, On};
use model::{PrincipalId, Server, ToolState};

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

/// What examples are made of: somebody, and a tool that they called or could call.
struct Call<'r> {
    who: PrincipalId,
    server: &'r Server,
    tool: String,
}

/// May this one use that tool?
pub(super) async fn may_it(
    app: &App,
    reading: &Reading,
    visit: &Visit,
    shell: &Shell,
) -> Result<Vec<Example>, Error> {
    let calls = calls(app, reading, visit).await?;
    let example = |call: &Call<'_>| {
        let name = reading.facts.name_of(call.who)?;
        let asked =
            [("who", &*written(call.who)), ("server", call.server.slug.as_str()), ("tool", &call.tool)];
        Some(Example {
            words: format!("May {name} use {} on {}?", call.tool, call.server.name),
            href: format!("{}{}", shell.path("/explore"), query(&asked)),
        })
    };
    Ok(first(calls.iter().filter_map(example)))
}

/// Who may use this tool?
pub(super) async fn who_may(
    app: &App,
    reading: &Reading,
    visit: &Visit,
    shell: &Shell,
) -> Result<Vec<Example>, Error> {
    let calls = calls(app, reading, visit).await?;
    let example = |call: &Call<'_>| {
        // What was asked for need not be there, and a question about nothing has no answer.
        reading.facts.tool_by_name(call.server.id, &call.tool)?;
        let asked = [("server", call.server.slug.as_str()), ("tool", &call.tool)];
        Some(Example {
            words: format!("Who may use {} on {}?", call.tool, call.server.name),
            href: format!("{}{}", shell.path("/explore/who"), query(&asked)),
        })
    };
    Ok(first(calls.iter().filter_map(example)))
}

/// What may this one use?
pub(super) async fn what_may(
    app: &App,
    reading: &Reading,
    visit: &Visit,
    shell: &Shell,
) -> Result<Vec<Example>, Error> {
    let calls = calls(app, reading, visit).await?;
    let everybody = calls.iter().map(|call| call.who).chain(nearest(reading));
    let example = |who: PrincipalId| {
        let name = reading.facts.name_of(who)?;
        Some(Example {
            words: format!("What may {name} use?"),
            href: format!("{}{}", shell.path("/explore/what"), query(&[("who", &written(who))])),
        })
    };
    Ok(first(everybody.filter_map(example)))
}

/// The first few that differ.
fn first(all: impl Iterator<Item = Example>) -> Vec<Example> {
    let mut seen = BTreeSet::new();
    all.filter(|example| seen.insert(example.href.clone())).take(SHOWN).collect()
}

/// The newest calls that were denied and that were allowed; after them, calls that nobody has asked for yet.
async fn calls<'r>(app: &App, reading: &'r Reading, visit: &Visit) -> Result<Vec<Call<'r>>, Error> {
    let mut all = Vec::new();
    for verdict in ["deny", "allow"] {
        let asked = Query::default().with("action", "tools/call").with("decision", verdict);
        let search = app.search_of(reading, &asked)?;
        let page = Page { after: None, limit: SHOWN as u64, order: Order::NewestFirst };
        let found = app.search(visit.organization, &search, page).await?;
        all.extend(found.items.iter().filter_map(|stored| happened(reading, stored)));
    }
    all.extend(possible(reading));
    Ok(all)
}

fn happened<'r>(reading: &'r Reading, stored: &StoredDecision) -> Option<Call<'r>> {
    let who = stored.actor.as_ref()?.id;
    let server = reading.facts.server(stored.server?)?;
    Some(Call { who, server, tool: stored.tool_name.clone()? })
}

/// Calls of those who are nearest to whoever reads, of the first tools that they may know of.
fn possible(reading: &Reading) -> impl Iterator<Item = Call<'_>> {
    let facts = &reading.facts;
    let known = |server: &&_| {
        let server: &Server = server;
        server.is_active() && reading.may(Action::ServerRead, On::Server(server.id))
    };
    let servers = facts.list_servers(None).map(AsRef::as_ref).filter(known);
    let tools = servers.flat_map(|server: &Server| {
        let offered = facts.tools_of(server.id).filter(|tool| tool.state == ToolState::Offered);
        offered.map(move |tool| (server, tool.name.to_string()))
    });
    let who = nearest(reading).next();
    tools.take(SHOWN).filter_map(move |(server, tool)| Some(Call { who: who?, server, tool }))
}

/// One's own agents, oneself, and the first agents of all where one may ask about everybody.
fn nearest(reading: &Reading) -> impl Iterator<Item = PrincipalId> + '_ {
    let facts = &reading.facts;
    let own = reading.caller.principal;
    let agents = match own {
        Some(PrincipalId::User(user)) => Some(facts.agents_of(user)),
        _ => None,
    };
    let sees_all = reading.may(Action::DecisionRead, On::Evidence(None));
    let others = facts.list_agents(None).take(if sees_all { SHOWN } else { 0 });
    let agents = agents.into_iter().flatten().map(|agent| PrincipalId::Agent(agent.id));
    agents.chain(own).chain(others.map(|agent| PrincipalId::Agent(agent.id)))
}
