use app::Reading;
use decision::{Action, On};
use model::Workspace;

use super::rows::{Counts, counts, path, visibility};
use crate::pages::ability::Ability;

/// What stands at the top of every page of a workspace: its name, its tabs, its one button.
#[derive(Debug)]
pub(super) struct Head {
    /// Its address.
    pub(super) there: String,
    /// What it is called.
    pub(super) name: String,
    /// Its name in calls.
    pub(super) slug: String,
    /// Who may know of it.
    pub(super) visibility: &'static str,
    /// How many there are in it.
    pub(super) counts: Counts,
    /// Whether the reader may add somebody.
    pub(super) add: Ability,
    /// Whether the reader may look at what was changed.
    pub(super) activity: bool,
    /// The tab that is shown.
    pub(super) tab: &'static str,
}

impl Head {
    /// The head of that workspace's pages, on that tab.
    pub(super) fn of(slug: &str, reading: &Reading, workspace: &Workspace, tab: &'static str) -> Self {
        // The rule is the same for everybody who might be added; a workspace without a member in mind is asked by it.
        let add = Ability::of(reading, Action::AttachmentAdd, On::Workspace(workspace.id));
        Self {
            there: format!("/o/{slug}/workspaces/{}", path(workspace)),
            name: workspace.name.to_string(),
            slug: workspace.slug.to_string(),
            visibility: visibility(workspace.visibility),
            counts: counts(reading, workspace.id),
            add,
            activity: reading.may(Action::ChangeRead, On::Organization),
            tab,
        }
    }
}
