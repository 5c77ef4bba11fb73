//! Who called most.

use app::Reading;
use app::evidence::AgentCount;
use decision::{Action, On};
use model::PrincipalId;

use super::attention::path;
use crate::pages::picture::{Spark, percent};
use crate::pages::{Seal, Shell, Who};

/// An agent or robot, and what it called.
pub(super) struct Busy {
    pub(super) who: Who,
    pub(super) calls: u64,
    pub(super) denied: String,
    pub(super) spark: Spark,
}

/// As the table shows it.
pub(super) fn busy(shell: &Shell, reading: &Reading, counts: Vec<AgentCount>) -> Vec<Busy> {
    let row = |count: AgentCount| {
        let (allowed, denied) = count.total();
        Busy {
            who: who(shell, reading, &count),
            calls: allowed + denied,
            denied: percent(allowed, denied),
            spark: Spark::new(&count.days),
        }
    };
    counts.into_iter().map(row).collect()
}

fn who(shell: &Shell, reading: &Reading, count: &AgentCount) -> Who {
    let Some(who) = Who::principal(&reading.facts, count.id) else {
        // A guest, whose facts are elsewhere: as it was called when it last called.
        let seal = Seal::agent(count.id.uuid(), &count.name, count.id.uuid(), &count.name);
        let kind = "Agent of another organization".to_owned();
        return Who { seal, name: count.name.clone(), kind, href: None };
    };
    let may = match count.id {
        PrincipalId::Agent(id) => reading.may(Action::AgentRead, On::Agent(id)),
        PrincipalId::Robot(id) => reading.may(Action::RobotRead, On::Robot(id)),
        PrincipalId::User(_) => false,
    };
    match path(count.id).filter(|_| may) {
        Some(path) => who.linked(shell.path(&path)),
        None => who,
    }
}
