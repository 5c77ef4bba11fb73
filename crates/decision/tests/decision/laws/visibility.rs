//! A call is allowed, a tool is among what one sees, one is among who sees it: three words for the same.

use std::collections::BTreeSet;

use decision::{Facts, Subject, what, who};
use model::{PrincipalId, ToolId};
use proptest::prelude::*;

use super::{Count, Sides, for_all};
use crate::ask::{Ask, What};
use crate::generate::SLUGS;
use crate::id;

fn principals(sides: &Sides, abroad: bool) -> Vec<PrincipalId> {
    let side = if abroad { &sides.away } else { &sides.host };
    let users = side.list_members(None).map(|member| PrincipalId::User(member.user));
    let agents = side.list_agents(None).map(|agent| PrincipalId::Agent(agent.id));
    users.chain(agents).chain(side.list_robots(None).map(|robot| PrincipalId::Robot(robot.id))).collect()
}

#[test]
fn allowed_visible_and_listed_are_the_same() {
    let (visible, hidden) = (Count::default(), Count::default());
    for_all(150, |mut drawn| {
        let sides = Sides::of(&drawn);
        let workspace = drawn.dice.pick(&[None, Some(SLUGS[0]), Some(SLUGS[1]), Some(SLUGS[2])]);
        for server in sides.host.list_servers(None) {
            let slug = server.slug.as_str();
            for abroad in [false, true] {
                let home = if abroad { &sides.away } else { &sides.host };
                let facts = Facts { host: &sides.host, home };
                for principal in principals(&sides, abroad) {
                    let tools: BTreeSet<ToolId> =
                        what(&facts, principal, slug, workspace).map(|tool| tool.id).collect();
                    for tool in sides.host.tools_of(server.id) {
                        let ask = Ask {
                            gateway: id::gateway(1),
                            subject: Subject::Asserted(principal),
                            delegation: false,
                            server: slug.into(),
                            workspace: workspace.map(Into::into),
                            what: What::Visible(tool.name.to_string()),
                            address: None,
                            uses: 0,
                            abroad,
                        };
                        let allowed = sides.allow(&ask);
                        prop_assert_eq!(tools.contains(&tool.id), allowed, "{:#?}", ask);
                        if allowed { visible.add() } else { hidden.add() }
                    }
                }
            }
            for tool in sides.host.tools_of(server.id) {
                let listed: Vec<PrincipalId> = who(&sides.host, tool.id, workspace).collect();
                let facts = Facts::of(&sides.host);
                let sees = |p: &PrincipalId| what(&facts, *p, slug, workspace).any(|seen| seen.id == tool.id);
                let expected: Vec<PrincipalId> = principals(&sides, false).into_iter().filter(sees).collect();
                prop_assert_eq!(listed, expected);
            }
        }
        Ok(())
    });
    visible.at_least(1000, "tools were seen");
    hidden.at_least(1000, "tools were not");
}

/// What may be called with some arguments may be seen, and what may not be seen may not be called.
#[test]
fn whatever_may_be_called_may_be_seen() {
    let called = Count::default();
    for_all(600, |drawn| {
        let sides = Sides::of(&drawn);
        for ask in drawn.asks.iter().filter(|ask| sides.allow(ask)) {
            let What::Tool(name, _) = &ask.what else { continue };
            prop_assert!(sides.allow(&Ask { what: What::Visible(name.clone()), ..ask.clone() }), "{ask:#?}");
            prop_assert!(sides.allow(&Ask { what: What::Session, ..ask.clone() }), "{ask:#?}");
            called.add();
        }
        Ok(())
    });
    called.at_least(500, "allowed calls of tools");
}
