//! Saying in a form who is meant, and which server: chosen from a list where there are few, typed where there are many.

use app::Reading;
use decision::{Action, On};
use model::{PrincipalId, Server, Snapshot};

use crate::pages::Choice;

/// More than this are typed and not scrolled through; and a list of thousands would be most of the page.
const LISTED: usize = 100;

/// A field of a question.
pub(super) struct Pick {
    /// Its name, which is also its id.
    pub(super) name: &'static str,
    /// What it is called.
    pub(super) label: &'static str,
    /// What there is to choose. Empty: it is typed.
    pub(super) choices: Vec<Choice>,
    /// What is typed.
    pub(super) value: String,
    /// How it is typed.
    pub(super) hint: &'static str,
}

/// The field that says who. `chosen` is as the address has it: `agent:<id>`, or a name.
pub(super) fn who(reading: &Reading, chosen: &str) -> Pick {
    let few: Vec<(PrincipalId, String)> = askable(reading).take(LISTED + 1).collect();
    let pick = Pick {
        name: "who",
        label: "Who",
        choices: Vec::new(),
        value: typed(reading, chosen),
        hint: "A name, or agent:, robot: or user: with an id.",
    };
    if few.len() > LISTED {
        return pick;
    }
    let mut named: Vec<(String, String)> =
        few.into_iter().map(|(id, name)| (written(id), format!("{name} ({})", kind(id)))).collect();
    named.sort_by_cached_key(|(_, label)| label.to_lowercase());
    let chosen = resolve(reading, chosen).map_or_else(|_| chosen.to_owned(), written);
    Pick { choices: choices("Choose", named, &chosen), ..pick }
}

/// The field that says on which server.
pub(super) fn server(reading: &Reading, chosen: &str) -> Pick {
    let servers = reading.facts.list_servers(None).filter(|server| server.is_active());
    let servers = servers.filter(|server| reading.may(Action::ServerRead, On::Server(server.id)));
    let few: Vec<(String, String)> =
        servers.take(LISTED + 1).map(|server| (server.slug.to_string(), server.name.to_string())).collect();
    let pick = Pick {
        name: "server",
        label: "On which server",
        choices: Vec::new(),
        value: chosen.to_owned(),
        hint: "The server's short name, as its page shows it.",
    };
    if few.len() > LISTED { pick } else { Pick { choices: choices("Choose", few, chosen), ..pick } }
}

/// The field that says in which workspace.
pub(super) fn workspace(reading: &Reading, chosen: &str) -> Pick {
    let all = reading.facts.list_workspaces(None);
    let all = all.filter(|workspace| reading.may(Action::WorkspaceRead, On::Workspace(workspace.id)));
    let few: Vec<(String, String)> =
        all.take(LISTED + 1).map(|place| (place.slug.to_string(), place.name.to_string())).collect();
    let pick = Pick {
        name: "workspace",
        label: "In which workspace",
        choices: Vec::new(),
        value: chosen.to_owned(),
        hint: "Its short name. Empty: each that offers the server.",
    };
    let none = "Each that offers it";
    if few.len() > LISTED { pick } else { Pick { choices: choices(none, few, chosen), ..pick } }
}

/// Tools of a server, to be completed while they are typed.
pub(super) fn tools(facts: &Snapshot, server: &str) -> Vec<String> {
    let server = facts.server_by_slug(server);
    let tools = server.into_iter().flat_map(|server| facts.tools_of(server.id));
    tools.take(LISTED).map(|tool| tool.name.to_string()).collect()
}

fn choices(none: &str, of: Vec<(String, String)>, chosen: &str) -> Vec<Choice> {
    std::iter::once((String::new(), none.to_owned()))
        .chain(of)
        .map(|(value, label)| Choice { is_chosen: value == chosen, ..Choice::new(value, label) })
        .collect()
}

/// Everybody whom the one who reads may ask about: all of the organization, or themselves and their own agents.
fn askable(reading: &Reading) -> Box<dyn Iterator<Item = (PrincipalId, String)> + '_> {
    let facts = &reading.facts;
    let named = |id| facts.name_of(id).map(|name| (id, name.to_owned()));
    if reading.may(Action::DecisionRead, On::Evidence(None)) {
        let agents = facts.list_agents(None).map(|agent| PrincipalId::Agent(agent.id));
        let robots = facts.list_robots(None).map(|robot| PrincipalId::Robot(robot.id));
        let people = facts.list_members(None).map(|member| PrincipalId::User(member.user));
        return Box::new(agents.chain(robots).chain(people).filter_map(named));
    }
    let Some(PrincipalId::User(own)) = reading.caller.principal else { return Box::new(std::iter::empty()) };
    let agents = facts.agents_of(own).map(|agent| PrincipalId::Agent(agent.id));
    Box::new(std::iter::once(PrincipalId::User(own)).chain(agents).filter_map(named))
}

/// Whom a text means: `agent:<id>`, `robot:<id>`, `user:<id>`, or a name that only one has.
pub(super) fn resolve(reading: &Reading, text: &str) -> Result<PrincipalId, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Choose who it is about.".to_owned());
    }
    if let Some(id) = read(text) {
        let known = reading.facts.name_of(id).is_some();
        return if known { Ok(id) } else { Err("There is nobody of that id here.".to_owned()) };
    }
    let wanted = text.to_lowercase();
    let mut found: Vec<PrincipalId> =
        askable(reading).filter(|(_, name)| name.to_lowercase() == wanted).map(|(id, _)| id).collect();
    found.dedup();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(format!("Nobody whom you may ask about is called {text}.")),
        many => {
            let all: Vec<String> = many.iter().take(3).map(|id| written(*id)).collect();
            Err(format!("{} are called {text}. Say which: {}.", many.len(), all.join(", ")))
        }
    }
}

/// A principal as the address has it.
pub(super) fn written(id: PrincipalId) -> String {
    let word = match id {
        PrincipalId::Agent(_) => "agent",
        PrincipalId::Robot(_) => "robot",
        PrincipalId::User(_) => "user",
    };
    format!("{word}:{}", id.uuid())
}

/// What a principal is, in a word.
pub(super) fn kind(id: PrincipalId) -> &'static str {
    match id {
        PrincipalId::Agent(_) => "agent",
        PrincipalId::Robot(_) => "robot",
        PrincipalId::User(_) => "person",
    }
}

fn read(text: &str) -> Option<PrincipalId> {
    let (kind, id) = text.split_once(':')?;
    match kind {
        "agent" => id.parse().ok().map(PrincipalId::Agent),
        "robot" => id.parse().ok().map(PrincipalId::Robot),
        "user" => id.parse().ok().map(PrincipalId::User),
        _ => None,
    }
}

/// A name where one says it, otherwise what the address has.
fn typed(reading: &Reading, chosen: &str) -> String {
    let name = read(chosen).and_then(|id| Some((id, reading.facts.name_of(id)?)));
    match name {
        Some((id, name)) if resolve(reading, name) == Ok(id) => name.to_owned(),
        _ => chosen.to_owned(),
    }
}

/// The server that a text means, if the one who reads may see it.
pub(super) fn find_server<'r>(reading: &'r Reading, slug: &str) -> Option<&'r Server> {
    let server = reading.facts.server_by_slug(slug.trim())?;
    reading.may(Action::ServerRead, On::Server(server.id)).then_some(server)
}
