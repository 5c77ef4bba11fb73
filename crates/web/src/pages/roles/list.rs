use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::RoleId;
use serde::Deserialize;

use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::cut::Cut;
use crate::pages::query::query;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

/// Which roles.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    after: String,
}

#[derive(Template)]
#[template(path = "roles/list.html")]
struct RoleList {
    shell: Shell,
    filter: Filter,
    cut: Cut<Row>,
    create: Ability,
}

/// A role in the list.
struct Row {
    id: RoleId,
    name: String,
    purpose: String,
    grants: usize,
    held: usize,
}

impl RoleList {
    fn following(&self, after: &str) -> String {
        self.shell.path(&format!("/roles{}", query(&[("q", &self.filter.q), ("after", after)])))
    }
}

/// Lists the roles.
#[get("/o/{org}/roles")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    if !reading.may(Action::RoleRead, On::Organization) {
        return Err(Problem::not_found());
    }
    let filter = filter.into_inner();
    let needle = filter.q.trim().to_lowercase();
    let facts = &reading.facts;
    let mut held = std::collections::BTreeMap::<RoleId, usize>::new();
    for membership in facts.list_workspace_memberships(None) {
        let count = held.entry(membership.role).or_default();
        *count = count.saturating_add(1);
    }
    let roles = facts.list_roles(None).filter(|role| role.name.as_str().to_lowercase().contains(&needle));
    let mut rows: Vec<Row> = roles
        .map(|role| Row {
            id: role.id,
            name: role.name.to_string(),
            purpose: role.purpose.clone(),
            grants: facts.grants_of(role.id).count(),
            held: held.get(&role.id).copied().unwrap_or(0),
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id));
    let cut = Cut::of(rows, &filter.after, |row| row.id.to_string());
    let create = Ability::of(&reading, Action::RoleCreate, On::Organization);
    let shell = Shell::of(&request, &visit, facts, Section::Tools);
    page(&RoleList { shell, filter, cut, create })
}
