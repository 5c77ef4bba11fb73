//! `/o/{org}/agents/{agent}/keys`

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::Action;
use model::{AgentState, Holder, KeyId};

use super::AgentPath;
use super::frame::{Act, Frame, Tab};
use super::look::{Looked, say};
use crate::Problem;
use crate::pages::keys::row::KeyRow;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "agents/keys.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    keys: Vec<KeyRow>,
    ended: Vec<KeyRow>,
    new: Act,
    rotate: Act,
}

/// The keys of an agent: those that count, and those that have ended.
#[get("/o/{org}/agents/{agent}/keys")]
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let holder = Holder::Agent(path.agent);
    let held: Vec<_> = looked.reading.facts.keys_of(holder).cloned().collect();
    let ids: Vec<KeyId> = held.iter().map(|key| key.id).collect();
    let usage = app.key_usage_of(visit.organization, &ids).await.map_err(Problem::from)?;
    let usage: BTreeMap<_, _> = usage.into_iter().map(|usage| (usage.key, usage)).collect();
    let mut rows: Vec<KeyRow> =
        held.iter().map(|key| KeyRow::of(&looked.reading, key, usage.get(&key.id))).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.created_at));
    let (keys, ended) = rows.into_iter().partition(KeyRow::counts);
    let act = |action, label: &str, icon, href| Act {
        label: label.to_owned(),
        icon,
        href,
        why_not: match looked.agent.state {
            AgentState::Revoked(_) => "It was revoked for ever.",
            AgentState::Unowned(_) => "Somebody has to take it over first.",
            _ => say(looked.refuses_with_keys(action)),
        },
    };
    let template = Page {
        frame: Frame::of(&looked, &shell, Tab::Keys),
        keys,
        ended,
        new: act(
            Action::KeyCreate,
            "New key",
            "plus",
            shell.path(&format!("/keys/new?agent={}", path.agent)),
        ),
        rotate: act(
            Action::KeyRotate,
            "Rotate all",
            "rotate-ccw-key",
            shell.path(&format!("/agents/{}/rotate", path.agent)),
        ),
        shell,
    };
    Ok(page(&template)?)
}
