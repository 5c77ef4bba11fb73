//! `/o/{org}/explore/what`: what somebody may do, server by server.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::{Effect, Effects, effects};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{PrincipalId, Snapshot};
use serde::Deserialize;

use super::examples::{Example, what_may};
use super::pick::{self, Pick};
use crate::pages::query::query;
use crate::pages::{Errors, Section, Shell, filters, page};
use crate::session::Visit;
use crate::{Problem, csv};

/// Rows of one page: what is read at all. The file has all of them.
const ROWS: usize = 200;

#[derive(Template)]
#[template(path = "explore/what.html")]
struct Page {
    shell: Shell,
    who: Pick,
    errors: Errors,
    answer: Option<Answer>,
    examples: Vec<Example>,
    asks_who: bool,
}

struct Answer {
    sentence: String,
    servers: Vec<OnServer>,
    /// Whether what is denied is shown as well.
    is_all: bool,
    allowed_href: String,
    all_href: String,
    sheet: String,
    /// How many rows there are that are not shown.
    left_out: usize,
    is_cut: bool,
}

struct OnServer {
    name: String,
    rows: Vec<Row>,
}

struct Row {
    tool: String,
    href: String,
    risk: &'static str,
    workspace: String,
    is_allowed: bool,
    say: &'static str,
    reason: &'static str,
}

/// The question, as the address has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    who: String,
    /// `all`: what is denied is shown as well.
    show: String,
}

/// Asks what somebody may do.
#[get("/o/{org}/explore/what")]
pub(super) async fn what(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    line: Query<Line>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Explore);
    let is_asked = !line.who.is_empty();
    let (answer, errors) = match is_asked.then(|| asked(&reading, &line)) {
        Some(Ok((who, found))) => (Some(Answer::of(&reading, &shell, &line, who, &found)), Errors::none()),
        Some(Err(errors)) => (None, errors),
        None => (None, Errors::none()),
    };
    let examples = if is_asked {
        Vec::new()
    } else {
        what_may(&app, &reading, &visit, &shell).await.map_err(Problem::from)?
    };
    let template = Page {
        who: pick::who(&reading, &line.who),
        asks_who: reading.may(Action::DecisionRead, On::Evidence(None)),
        errors,
        answer,
        examples,
        shell,
    };
    Ok(page(&template)?)
}

/// The same as a file: everything, allowed or denied.
#[get("/o/{org}/explore/what.csv")]
pub(super) async fn what_csv(app: Data<App>, visit: Visit, line: Query<Line>) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let (_, found) = asked(&reading, &line).map_err(|wrong| Problem::invalid_field("who", &wrong.text()))?;
    let facts = &reading.facts;
    let mut text = csv::line(["server", "tool", "risk", "workspace", "decision", "reason", "at_revision"]);
    let revision = facts.revision().0.to_string();
    for effect in &found.all {
        let server = facts.server(effect.server).map(|server| server.slug.to_string()).unwrap_or_default();
        let row = Row::of(facts, "", effect);
        let verdict = if row.is_allowed { "allow" } else { "deny" };
        text.push_str(&csv::line([
            server.as_str(),
            &row.tool,
            row.risk,
            &row.workspace,
            verdict,
            row.reason,
            &revision,
        ]));
    }
    Ok(csv::sheet(&format!("what-it-may-{}", visit.slug), text))
}

fn asked(reading: &Reading, line: &Line) -> Result<(PrincipalId, Effects), Errors> {
    let who = pick::resolve(reading, &line.who).map_err(|wrong| Errors::none().with("who", wrong))?;
    let found = effects(reading, who)
        .map_err(|_| Errors::none().with("who", "You may ask this of yourself and of your own agents."))?;
    Ok((who, found))
}

impl Answer {
    fn of(reading: &Reading, shell: &Shell, line: &Line, who: PrincipalId, found: &Effects) -> Self {
        let facts = &reading.facts;
        let name = facts.name_of(who).unwrap_or_default();
        let allowed = found.all.iter().filter(|effect| effect.decision.is_allowed()).count();
        let is_all = line.show == "all";
        let shown: Vec<&Effect> =
            found.all.iter().filter(|effect| is_all || effect.decision.is_allowed()).collect();
        let written = pick::written(who);
        let mut servers: Vec<OnServer> = Vec::new();
        let mut last = None;
        for effect in shown.iter().take(ROWS) {
            let server = facts.server(effect.server);
            if last != Some(effect.server) {
                let name = server.map(|server| server.name.to_string()).unwrap_or_default();
                servers.push(OnServer { name, rows: Vec::new() });
                last = Some(effect.server);
            }
            let slug = server.map(|server| server.slug.to_string()).unwrap_or_default();
            if let Some(on) = servers.last_mut() {
                on.rows.push(
                    Row::of(facts, &shell.path("/explore"), effect).asking(&written, &slug, facts, effect),
                );
            }
        }
        let address = |show: &str| {
            format!("{}{}", shell.path("/explore/what"), query(&[("who", &written), ("show", show)]))
        };
        let tools = crate::pages::filters::grouped(&allowed.to_string());
        Self {
            sentence: match allowed {
                0 => format!("{name} may use nothing here."),
                1 => format!("{name} may use one tool."),
                _ => format!("{name} may use {tools} tools."),
            },
            servers,
            is_all,
            allowed_href: address(""),
            all_href: address("all"),
            sheet: format!("{}{}", shell.path("/explore/what.csv"), query(&[("who", &written)])),
            left_out: shown.len().saturating_sub(ROWS),
            is_cut: found.is_cut,
        }
    }
}

impl Row {
    fn of(facts: &Snapshot, explore: &str, effect: &Effect) -> Self {
        let tool = facts.tool(effect.tool);
        Self {
            tool: tool.map(|tool| tool.name.to_string()).unwrap_or_default(),
            href: explore.to_owned(),
            risk: match tool.map(|tool| tool.risk) {
                Some(model::Risk::Read) => "read",
                Some(model::Risk::Write) => "write",
                Some(model::Risk::Destructive) | None => "destructive",
            },
            workspace: facts
                .workspace(effect.workspace)
                .map(|place| place.name.to_string())
                .unwrap_or_default(),
            is_allowed: effect.decision.is_allowed(),
            say: effect.decision.reason().say(),
            reason: effect.decision.reason().code(),
        }
    }

    /// With the address of the question why.
    fn asking(mut self, who: &str, server: &str, facts: &Snapshot, effect: &Effect) -> Self {
        let place = facts.workspace(effect.workspace).map(|place| place.slug.to_string()).unwrap_or_default();
        self.href += &query(&[("who", who), ("server", server), ("tool", &self.tool), ("workspace", &place)]);
        self
    }
}
