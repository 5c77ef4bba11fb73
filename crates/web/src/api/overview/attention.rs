use app::Attention;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// What waits for somebody. The lists of the same names have what is counted here.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttentionView {
    /// Invitations of agents that nobody has answered.
    invitations: usize,
    /// People who ask to come in through their own organization's provider, for whoever may answer.
    asking: usize,
    /// Keys that end within two weeks; the caller's own are not among them.
    keys_ending: usize,
    /// When the first of them ends.
    first_end: Option<DateTime<Utc>>,
    /// Live agents with keys, none of which was used for 30 days.
    quiet: usize,
    /// Agents that are paused.
    paused: usize,
    /// Agents that nobody answers for.
    unowned: usize,
}

impl AttentionView {
    /// What waits, with who is quiet and who asks.
    pub(super) fn of(attention: Attention, quiet: usize, asking: usize) -> Self {
        let Attention { invitations, keys_ending, first_end, paused, unowned } = attention;
        Self { invitations, asking, keys_ending, first_end, quiet, paused, unowned }
    }
}
