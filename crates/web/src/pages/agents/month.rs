//! What an agent called in a month, day by day.

use app::App;
use app::evidence::AgentCount;
use chrono::{NaiveDate, TimeDelta};
use model::PrincipalId;

use super::look::Looked;
use crate::Problem;
use crate::pages::Shell;
use crate::pages::picture::{Bar, Bars, percent};
use crate::pages::query::query;
use crate::session::Visit;

/// A month, as it is counted: days in UTC.
const DAYS: usize = 30;

/// The picture, and its numbers. None: no call, or they are not the visitor's to see.
pub(super) struct Month {
    pub(super) bars: Bars,
    pub(super) calls: u64,
    pub(super) denied: String,
}

/// Draws the last thirty days.
pub(super) async fn month(
    app: &App,
    visit: &Visit,
    looked: &Looked,
    shell: &Shell,
) -> Result<Option<Month>, Problem> {
    let (reading, id) = (&looked.reading, PrincipalId::Agent(looked.agent.id));
    let from = reading.now - TimeDelta::days(29);
    let counts = app.agent_counts(reading, visit.organization, &[id], from, DAYS).await?;
    Ok(counts.first().map(|count| drawn(shell, from.date_naive(), count)))
}

fn drawn(shell: &Shell, first: NaiveDate, count: &AgentCount) -> Month {
    let day = |at: u64| first.checked_add_days(chrono::Days::new(at)).unwrap_or(first);
    let words = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    let bar = |(at, (allowed, denied)): (u64, &(u64, u64))| {
        let line =
            format!("actor:{} action:tools/* since:{} until:{}", count.id.uuid(), day(at), day(at + 1));
        Bar {
            allowed: *allowed,
            denied: *denied,
            when: format!("{} UTC", words(day(at))),
            href: shell.path(&format!("/audit{}", query(&[("q", &line)]))),
        }
    };
    let bars = (0..).zip(&count.days).map(bar).collect();
    let axis = [words(first), words(day(15)), "today".to_owned()];
    let (allowed, denied) = count.total();
    Month {
        bars: Bars::new("Its calls, day by day", bars, axis),
        calls: allowed + denied,
        denied: percent(allowed, denied),
    }
}
