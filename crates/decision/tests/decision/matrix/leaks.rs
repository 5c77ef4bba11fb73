//! Between the parts: what a secret that was found somewhere brings about.

use decision::{Action, Caller, Facts, Manage, Means, On, decide};
use model::Holder;

use super::{cell, heading, row};
use crate::things;
use crate::world::{CRON, GATEWAY_KEY, ROBOT_KEY, SCOUT, STRANGE};
use crate::{id, make};

const INTRODUCTION: &str = "
### Leaked keys

Whoever sends the whole secret of a key to the leak endpoint is nobody in particular, and can bring about one thing.

";

pub(super) fn part() -> String {
    let snapshot = things::host().snapshot();
    let agent = Holder::Agent(id::agent(SCOUT));
    let mut part = format!("{INTRODUCTION}{}", heading(&["by the secret of", "wants to", "answer"]));
    for (of, key, wants, action, on) in [
        ("an agent's key", SCOUT, "end it", Action::KeyRevoke, On::KeysOf(agent)),
        ("a robot's key", ROBOT_KEY, "end it", Action::KeyRevoke, On::KeysOf(Holder::Robot(id::robot(CRON)))),
        (
            "a gateway's key",
            GATEWAY_KEY,
            "end it",
            Action::KeyRevoke,
            On::KeysOf(Holder::Gateway(id::gateway(1))),
        ),
        (
            "an agent's key",
            SCOUT,
            "end a key of another agent",
            Action::KeyRevoke,
            On::KeysOf(Holder::Agent(id::agent(STRANGE))),
        ),
        ("an agent's key", SCOUT, "replace it", Action::KeyRotate, On::KeysOf(agent)),
        ("an agent's key", SCOUT, "see the agent's keys", Action::KeyRead, On::KeysOf(agent)),
        ("an agent's key", SCOUT, "pause the agent", Action::AgentPause, On::Agent(id::agent(SCOUT))),
    ] {
        let caller = Caller { principal: None, means: Means::LeakReport(id::key(key)) };
        let answer = decide(&Facts::of(&snapshot), Manage { now: make::now(), caller, action, on }).reason();
        part.push_str(&row(&[of.to_owned(), wants.to_owned(), cell(answer)]));
    }
    part
}
