use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::{MemberInvitationId, OrganizationRole};

use super::rows::{Filter, Row, rows};
use super::{ROLES, title};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::cut::Cut;
use crate::pages::{Seal, Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "people/list.html")]
struct PeopleList {
    shell: Shell,
    filter: Filter,
    cut: Cut<Row>,
    roles: [OrganizationRole; 5],
    add: Ability,
    invite: Ability,
    /// Whether the reader may see who is invited.
    sees_invited: bool,
    /// Whether somebody asks to come in, as far as the reader may know.
    somebody_asks: bool,
}

impl PeopleList {
    /// The same list in another order; the other way round where it is in that order already.
    fn sorted(&self, by: &str) -> String {
        let sort = if self.filter.sort == by { format!("-{by}") } else { by.to_owned() };
        self.filter.query(&sort, "")
    }

    /// For `aria-sort`: which way the list is in that order.
    fn order(&self, by: &str) -> &'static str {
        let sort = if self.filter.sort.is_empty() { "name" } else { &self.filter.sort };
        match (sort == by, sort.strip_prefix('-') == Some(by)) {
            (true, _) => "ascending",
            (_, true) => "descending",
            _ => "none",
        }
    }

    fn following(&self, after: &str) -> String {
        self.filter.query(&self.filter.sort, after)
    }
}

/// Lists the people.
#[get("/o/{org}/people")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    // Guests see the workspaces they were invited to, and no list of people: the page does not exist for them.
    if !reading.may(Action::MemberRead, On::Organization) {
        return Err(Problem::not_found());
    }
    let filter = filter.into_inner();
    let seen = app.presence(&reading, visit.organization).await?;
    let asking = app.who_asks_to_come_in(&reading, visit.organization).await?;
    let cut = Cut::of(rows(&reading, &filter, &seen, &asking), &filter.after, |row| row.id.to_string());
    let add = Ability::of(&reading, Action::MemberAdd, On::Organization);
    let invited = On::Invited(MemberInvitationId::MAX, OrganizationRole::Guest);
    let invite = Ability::of(&reading, Action::MemberInvitationCreate, invited);
    let sees_invited = reading.may(Action::MemberInvitationRead, On::Organization);
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let somebody_asks = !asking.is_empty();
    page(&PeopleList { shell, filter, cut, roles: ROLES, add, invite, sees_invited, somebody_asks })
}
