//! What people may see of what was decided and changed.

use app::evidence::{shown, what, who};
use app::{Error, Reading, agents};
use decision::{Reason, Verdict};
use model::{OrganizationRole, PrincipalId, PrincipalKind, UserId};
use store::{ChangeFilter, DecisionFilter, Page, StoredDecision};

use crate::harness::session;
use crate::office::Office;

async fn reading(office: &Office, user: UserId) -> Reading {
    office.house.app.read(session(user), office.house.organization).await.expect("the facts")
}

async fn decisions(
    office: &Office,
    by: UserId,
    filter: DecisionFilter,
) -> Result<Vec<StoredDecision>, Error> {
    let reading = reading(office, by).await;
    office.house.app.decisions(&reading, office.house.organization, filter, Page::first(1000)).await
}

fn calls() -> DecisionFilter {
    DecisionFilter { action: Some("tools/".to_owned()), ..DecisionFilter::default() }
}

#[tokio::test]
async fn owners_see_their_own_and_administrators_everything() {
    let office = Office::new().await;
    let (nils, agent) = office.colleague("Nils Berg").await;
    let (aude, other) = office.colleague("Aude Roux").await;
    let auditor = office.person("Ada Kent", OrganizationRole::Auditor).await;
    office.reads(&agent).await;
    office.call(&agent.key, "nothing").await;
    office.reads(&other).await;

    for general in [office.house.owner, auditor] {
        assert_eq!(decisions(&office, general, calls()).await.expect("all").len(), 3);
    }
    let own = decisions(&office, nils, calls()).await.expect("their own");
    assert_eq!(own.len(), 2);
    assert!(own.iter().all(|one| one.owner.as_ref().map(|owner| owner.id) == Some(PrincipalId::User(nils))));
    let managed = decisions(&office, nils, DecisionFilter::default()).await.expect("their own");
    assert!(managed.iter().any(|one| one.action == "agent.create"), "what they did themselves is theirs too");

    for (filter, seen) in [
        (DecisionFilter { owner: Some(aude), ..calls() }, 0),
        (DecisionFilter { actor: Some(other.id.uuid()), ..calls() }, 0),
        (DecisionFilter { actor: Some(agent.id.uuid()), ..calls() }, 2),
        (DecisionFilter { attributable_to: Some(nils), ..calls() }, 2),
        (DecisionFilter { verdict: Some(Verdict::Deny), ..calls() }, 1),
        (DecisionFilter { reason: Some(Reason::ToolUnknown), ..calls() }, 1),
        (DecisionFilter { actor_kind: Some(PrincipalKind::Robot), ..calls() }, 0),
        (DecisionFilter { tool: Some("read".to_owned()), server: Some("files".to_owned()), ..calls() }, 1),
        (DecisionFilter { until: Some(office.house.clock.now()), ..calls() }, 0),
        (DecisionFilter { from: Some(office.house.clock.now()), ..calls() }, 2),
    ] {
        let found = decisions(&office, nils, filter.clone()).await.expect("an answer");
        assert_eq!(found.len(), seen, "{filter:?}");
    }
    let refused = decisions(&office, nils, DecisionFilter { attributable_to: Some(aude), ..calls() }).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");

    let theirs = own[0].id;
    for (by, sees) in [(nils, true), (aude, false), (auditor, true), (office.house.owner, true)] {
        let reading = reading(&office, by).await;
        let found =
            office.house.app.decision(&reading, office.house.organization, theirs).await.expect("an answer");
        assert_eq!(found.is_some(), sees);
    }
}

#[tokio::test]
async fn evidence_keeps_the_name_of_the_time() {
    let office = Office::new().await;
    let (nils, agent) = office.colleague("Nils Berg").await;
    office.reads(&agent).await;
    let rename = agents::Rename { name: Some("Scout".parse().unwrap()), purpose: None };
    office.house.run(nils, |p| agents::update(p, agent.id, rename)).await.expect("a name");
    office.reads(&agent).await;
    let found = decisions(&office, nils, calls()).await.expect("their own");
    let mut names: Vec<String> = found.iter().map(|one| one.actor.as_ref().unwrap().name.clone()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Helper", "Scout"]);
}

#[tokio::test]
async fn changes_are_for_whoever_audits_and_never_show_a_hash() {
    let office = Office::new().await;
    let (nils, _) = office.colleague("Nils Berg").await;
    let auditor = office.person("Ada Kent", OrganizationRole::Auditor).await;
    let filter = ChangeFilter::default();
    let refused = reading(&office, nils).await;
    let refused =
        office.house.app.changes(&refused, office.house.organization, &filter, Page::first(10)).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
    let seen = reading(&office, auditor).await;
    let seen = office.house.app.changes(&seen, office.house.organization, &filter, Page::first(1000)).await;
    let seen = seen.expect("everything");
    let facts = seen.iter().flat_map(|change| change.edit.before.iter().chain(&change.edit.after));
    let text: Vec<String> = facts.map(|fact| shown(fact).to_string()).collect();
    assert!(text.iter().any(|fact| fact.contains(r#""fact":"key""#)), "keys are among them");
    assert!(!text.iter().any(|fact| fact.contains("hash")));
}

/// allow(p, t) ⇔ t ∈ what(p) ⇔ p ∈ who(t), for whoever may ask.
#[tokio::test]
async fn who_may_and_what_they_may_say_the_same() {
    let office = Office::new().await;
    let (nils, agent) = office.colleague("Nils Berg").await;
    let outsider = office.person("Aude Roux", OrganizationRole::Member).await;
    let facts = office.house.facts();
    let all = reading(&office, office.house.owner).await;
    let principals = [PrincipalId::User(nils), PrincipalId::Agent(agent.id), PrincipalId::User(outsider)];
    for tool in facts.tools_of(office.server) {
        let allowed = who(&all, tool.id, Some("platform")).expect("an answer");
        for principal in principals {
            let may = what(&all, principal, office.server, Some("platform")).expect("an answer");
            assert_eq!(
                may.iter().any(|one| one.id == tool.id),
                allowed.contains(&principal),
                "{principal:?}"
            );
        }
        assert_eq!(allowed, [PrincipalId::User(nils), PrincipalId::Agent(agent.id)]);
    }
    let own = reading(&office, nils).await;
    assert_eq!(what(&own, PrincipalId::Agent(agent.id), office.server, None).expect("their own").len(), 2);
    let strange = reading(&office, outsider).await;
    for refused in [
        what(&strange, PrincipalId::Agent(agent.id), office.server, None).map(drop),
        who(&own, facts.tools_of(office.server).next().unwrap().id, None).map(drop),
    ] {
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
    }
}
