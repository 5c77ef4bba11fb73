//! A list counts what the pages of its agents show line by line.

use app::agents::{Line, access_of, reach_of};
use app::overrides::{Narrowing, put};

use crate::office::{Acting, Office};

/// Workspaces and tools: as the list counts them, and as the lines of the agent's access come to.
fn counted(office: &Office, agent: &Acting) -> ((usize, usize), (usize, usize)) {
    let facts = office.house.facts();
    let agent = facts.agent(agent.id).expect("the agent");
    let reach = reach_of(&facts, agent);
    let access = access_of(&facts, &facts, agent).expect("access");
    let used = access.places.iter().filter(|place| place.lines.iter().any(Line::is_allowed)).count();
    let lines = access.places.iter().flat_map(|place| &place.lines).filter(|line| line.is_allowed()).count();
    ((reach.workspaces.len(), reach.tools), (used, lines))
}

#[tokio::test]
async fn a_list_counts_what_an_agent_may_use() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    assert_eq!(counted(&office, &agent), ((1, 2), (1, 2)));

    let (owner, place) = (office.house.owner, office.workspace);
    let without = Narrowing { blocked: false, denied: vec![(office.server, "wri*".parse().unwrap())] };
    office.house.run(owner, |p| put(p, place, agent.id, without)).await.expect("narrowed");
    assert_eq!(counted(&office, &agent), ((1, 1), (1, 1)), "a narrowing counts");

    office.house.run(ada, |p| app::agents::pause(p, agent.id, "Looked into")).await.expect("paused");
    assert_eq!(counted(&office, &agent), ((0, 0), (0, 0)), "who is paused uses nothing");
    office.house.settle().await;
}
