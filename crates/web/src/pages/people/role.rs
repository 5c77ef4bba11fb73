use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use app::{App, members, version_of};
use model::OrganizationRole;
use serde::Deserialize;

use super::{PersonPath, name, seen, title};
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::{Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Visit, step_up_path};

/// A person's new role.
#[derive(Debug, Deserialize)]
pub(super) struct RoleForm {
    role: OrganizationRole,
    #[serde(default)]
    version: String,
}

/// Changes what a person is in the organization.
#[post("/o/{org}/people/{person}/role")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    form: Form<RoleForm>,
) -> Result<HttpResponse, Problem> {
    let Form(RoleForm { role, version }) = form;
    let person = path.person;
    let there = format!("/o/{}/people/{person}", visit.slug);
    // Who makes an owner gives everything away, and for good.
    if role == OrganizationRole::Owner && !visit.session.is_fresh(app.engine.world().now()) {
        return Ok(Redirect::to(step_up_path(&there)).into());
    }
    let changed = app.change(versioned(&visit, &version), |p| members::set_role(p, person, role)).await;
    let reading = app.read(visit.caller, visit.organization).await?;
    let name = name(&reading.facts, person);
    let Err(error) = changed else {
        return Ok(Redirect::to(there).saying(format!("{name} is {} now.", title(role))).into());
    };
    match again(error, &[], "")? {
        Again::Wrong(errors) => {
            let text = format!("The role of {name} was not changed. {}", errors.text());
            Ok(Redirect::to(there).flashing(Flash { tone: Tone::Failed, text }).into())
        }
        Again::Stale(_) => {
            let member = seen(&reading, &path)?;
            let state = if member.is_active() { "active" } else { "suspended" };
            let version = version_of(&member.clone().into());
            Both {
                shell: Shell::of(&request, &visit, &reading.facts, Section::People),
                name,
                action: format!("{there}/role"),
                fields: vec![("role".into(), role.as_str().into()), ("version".into(), version)],
                rows: vec![
                    Row::of("Role in the organization", title(role), title(member.role)),
                    Row::of("State", state, state),
                ],
                back: there,
            }
            .response()
        }
    }
}
