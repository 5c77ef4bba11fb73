use app::onboarding::{Standing, Step};
use app::{App, Error, Reading};
use chrono::{DateTime, Utc};
use model::{OrganizationId, PrincipalId};
use serde::Serialize;
use utoipa::ToSchema;

/// The first steps.
#[derive(Debug, Serialize, ToSchema)]
pub struct OnboardingView {
    /// Whether there is something left of them to be shown. Not once all are done or skipped, or the list is put away.
    is_shown: bool,
    /// The steps in order, done ones too; none where nothing is shown.
    steps: Vec<StepView>,
}

/// A step.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepView {
    /// `name`, `domain`, `sign_in`, `workspace`, `agent`, `gateway` or `decision`.
    step: &'static str,
    /// `open`, `done` or `skipped`.
    state: &'static str,
    /// Who did or skipped it: kind and id of a principal. Null: that is not known, or nobody has.
    #[schema(value_type = Option<Object>)]
    by: Option<PrincipalId>,
    /// When, where that is known.
    at: Option<DateTime<Utc>>,
}

impl OnboardingView {
    /// Where the steps stand.
    pub(super) async fn of(
        app: &App,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<Self, Error> {
        let steps = app.onboarding(reading, organization).await?;
        let is_shown = steps.is_some();
        Ok(Self { is_shown, steps: steps.into_iter().flatten().map(StepView::from).collect() })
    }
}

impl From<(Step, Standing)> for StepView {
    fn from((step, standing): (Step, Standing)) -> Self {
        let (state, by, at) = match standing {
            Standing::Open => ("open", None, None),
            Standing::Done(None) => ("done", None, None),
            Standing::Done(Some((by, at))) => ("done", by, Some(at)),
            Standing::Skipped(user, at) => ("skipped", Some(PrincipalId::User(user)), Some(at)),
        };
        Self { step: step.code(), state, by, at }
    }
}
