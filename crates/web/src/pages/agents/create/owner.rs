//! Who answers for it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::{OrganizationRole, UserId};
use serde::Deserialize;

use super::draft::{Begun, Step};
use super::{DraftPath, From, onward, path};
use crate::Problem;
use crate::pages::agents::look::{person, say};
use crate::pages::{Choice, Errors, FieldView, Section, Shell, Who, filters, page_with};
use crate::session::{Form, Visit};

#[derive(Template)]
#[template(path = "agents/create/owner.html")]
struct Page {
    shell: Shell,
    step: usize,
    back: String,
    action: String,
    from: String,
    name: String,
    me: Option<Who>,
    others: &'static str,
    owner: FieldView,
    errors: Errors,
}

/// Who was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    owner: String,
    from: String,
}

/// The form.
#[get("/o/{org}/agents/new/{draft}/owner")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    from: Query<From>,
) -> Result<HttpResponse, Error> {
    let begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let owner = begun.owner(&visit).to_string();
    Ok(show(shell, &visit, &begun, &owner, &from.from, Errors::none())?)
}

/// Takes it.
#[post("/o/{org}/agents/new/{draft}/owner")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let mut begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let Typed { owner, from } = form.0;
    let chosen: Option<UserId> = if owner.is_empty() { Some(visit.user) } else { owner.parse().ok() };
    let wrong = match chosen {
        None => Some("Choose a person."),
        Some(id) if !begun.reading.facts.member(id).is_some_and(|member| member.is_active()) => {
            Some("Choose an active member of the organization.")
        }
        Some(id) => begun
            .reading
            .why_not(Action::AgentCreate, On::NewAgent(begun.agent, id))
            .map(|_| "Only an administrator creates an agent that somebody else answers for."),
    };
    if let Some(wrong) = wrong {
        return Ok(show(shell, &visit, &begun, &owner, &from, Errors::none().with("owner", wrong))?);
    }
    begun.draft.owner = chosen;
    begun.save(&app, &visit, Step::Owner).await?;
    Ok(onward(&shell, begun.id, Step::Owner, &from))
}

fn show(
    shell: Shell,
    visit: &Visit,
    begun: &Begun,
    owner: &str,
    from: &str,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let facts = &begun.reading.facts;
    let mut people: Vec<(String, UserId)> = facts
        .list_members(None)
        .filter(|member| member.is_active() && member.role != OrganizationRole::Guest)
        .map(|member| (person(facts, member.user), member.user))
        .collect();
    people.sort();
    let choices = people.into_iter().map(|(name, id)| {
        let label = if id == visit.user { format!("{name} (you)") } else { name };
        Choice::new(id.to_string(), label)
    });
    // Whether the visitor may choose anybody else at all: asked with somebody who is not them.
    let others = begun.reading.why_not(Action::AgentCreate, On::NewAgent(begun.agent, UserId::MAX));
    let template = Page {
        step: Step::Owner.number(),
        back: path(&shell, begun.id, Step::Name),
        action: path(&shell, begun.id, Step::Owner),
        from: from.to_owned(),
        name: begun.draft.name.clone(),
        me: facts.user(visit.user).map(|user| Who::person(user).as_kind("answers for it")),
        others: say(others),
        owner: FieldView::new("owner", "Who answers for it?")
            .hint("One person, whose access bounds what it may do. When they leave, it stops.")
            .choices(choices)
            .value(owner)
            .wrong(&errors),
        errors,
        shell,
    };
    page_with(status, &template)
}
