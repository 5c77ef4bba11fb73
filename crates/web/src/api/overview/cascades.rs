use app::evidence::Cascade;
use app::{App, Error, Reading};
use chrono::{DateTime, Utc};
use model::{OrganizationId, Revision};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::presented::Named;

/// As many as show what happened lately; the changes have all of them.
const MOST: u16 = 5;

/// Somebody lost their access, and their agents with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CascadeView {
    /// The one revision that shows all of it.
    revision: u64,
    /// When.
    at: DateTime<Utc>,
    /// Who.
    person: Named,
    /// How many agents were cut.
    agents: u64,
    /// How long it took to write all of it, in microseconds. Null: that was not kept.
    took_us: Option<u64>,
}

/// The last people who lost their agents, newest first.
pub(super) async fn cascades(
    app: &App,
    reading: &Reading,
    organization: OrganizationId,
) -> Result<Vec<CascadeView>, Error> {
    let found = app.cascades(reading, organization, MOST).await?;
    let revisions: Vec<Revision> = found.iter().map(|cascade| cascade.revision).collect();
    let took = app.took_us(reading, organization, &revisions).await?;
    let view = |cascade: Cascade| CascadeView {
        revision: cascade.revision.0,
        at: cascade.at,
        person: Named::user(&reading.facts, cascade.person),
        agents: cascade.agents,
        took_us: took.get(&cascade.revision).copied(),
    };
    Ok(found.into_iter().map(view).collect())
}
