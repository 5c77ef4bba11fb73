use app::evidence::Pace;
use app::{App, Error, Reading};
use chrono::{DateTime, Utc};
use model::OrganizationId;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether it works.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthView {
    /// How long the newest calls took. Null: none was asked about yet.
    pace: Option<PaceView>,
    /// The revision that this node answers from.
    revision: u64,
    /// How many revisions it is behind the database.
    behind: u64,
}

/// The times of the newest calls, decided and recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaceView {
    /// Of how many calls.
    calls: usize,
    /// When the newest was.
    newest: DateTime<Utc>,
    /// Half of them took at most so many microseconds.
    median_us: u64,
    /// 99 of 100 of them took at most so many microseconds.
    p99_us: u64,
}

/// Whether it works; for whoever may see all decisions.
pub(super) async fn health(
    app: &App,
    reading: &Reading,
    organization: OrganizationId,
) -> Result<HealthView, Error> {
    let pace = app.pace(reading, organization).await?;
    let newest = app.newest_revision(organization).await?;
    let revision = reading.facts.revision();
    let view = |pace: Pace| PaceView {
        calls: pace.calls,
        newest: pace.newest,
        median_us: pace.median_us,
        p99_us: pace.p99_us,
    };
    let behind = newest.0.saturating_sub(revision.0);
    Ok(HealthView { pace: pace.map(view), revision: revision.0, behind })
}
