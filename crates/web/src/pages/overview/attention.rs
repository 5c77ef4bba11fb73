//! What waits for somebody, in words and as the page shows it.

use app::Reading;
use decision::{Action, On};
use model::PrincipalId;

use crate::pages::{Moment, Zone};

/// What waits.
pub(super) struct Attention {
    pub(super) waiting: usize,
    pub(super) ending: usize,
    pub(super) first_end: Option<Moment>,
    pub(super) paused: usize,
    pub(super) unowned: usize,
}

/// What waits, with its times as a person reads them.
pub(super) fn attention(reading: &Reading, zone: Zone) -> Attention {
    let app::Attention { invitations, keys_ending, first_end, paused, unowned } = app::attention(reading);
    Attention {
        waiting: invitations,
        ending: keys_ending,
        first_end: first_end.map(|end| zone.day(end)),
        paused,
        unowned,
    }
}

/// One sentence under the title.
pub(super) fn lede(reading: &Reading) -> String {
    let people = reading.facts.list_members(None).filter(|member| member.is_active()).count();
    let one =
        |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    match app::living_agents(reading).count() {
        0 => "No agent acts here yet. Every decision will name who answers for it.".to_owned(),
        n if reading.may(Action::AgentRead, On::Organization) => format!(
            "{} for {} here. Every decision names who answers for it.",
            one(n, "agent acts", "agents act"),
            one(people, "person", "people")
        ),
        n => format!(
            "{} that you may see. Every decision names who answers for it.",
            one(n, "agent acts here", "agents act here")
        ),
    }
}

/// Whether somebody is an agent or robot whose page there is.
pub(super) fn path(id: PrincipalId) -> Option<String> {
    match id {
        PrincipalId::Agent(id) => Some(format!("/agents/{id}")),
        PrincipalId::Robot(id) => Some(format!("/robots/{id}")),
        PrincipalId::User(_) => None,
    }
}
