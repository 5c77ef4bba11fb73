//! Secrets that were found where they should not be.

use decision::{Action, Reason, Verdict};
use model::{Holder, Key, KeyState, OrganizationId};
use store::{DecisionFilter, Page};

use crate::office::Office;

fn key_of(office: &Office, organization: OrganizationId, token: &str) -> Key {
    let id = keys::Presented::parse(token).expect("a token").id();
    let facts = office.house.app.engine.replica().held(organization).expect("held");
    Key::clone(facts.key(id).expect("a key of that id"))
}

/// A well-formed token of the same kind that is nobody's.
fn made_up(token: &str) -> String {
    let mut entropy = Zeros;
    let kind = keys::Presented::parse(token).expect("a token").kind();
    keys::Token::mint(kind, &mut entropy).expose().to_owned()
}

struct Zeros;

impl model::Entropy for Zeros {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(3);
    }
}

#[tokio::test]
async fn a_reported_key_ends_in_its_organization_and_no_other_key_does() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Nils Berg").await;
    let (_, spared) = office.colleague("Aude Roux").await;
    let (elsewhere, _, guest) = office.guest().await;
    let well_formed = made_up(&agent.key);
    let nothing =
        ["", "ans_ak_", "not a token at all", &agent.key[..67], &well_formed].map(ToOwned::to_owned);
    office.house.app.report_leaks(&nothing).await.expect("nothing to say");
    assert_eq!(office.reads(&agent).await, Reason::Granted);

    let before = office.house.facts().revision();
    let found = [agent.key.clone(), well_formed, agent.key.clone(), guest.key.clone()];
    office.house.app.report_leaks(&found).await.expect("a report");
    assert_eq!(office.house.facts().revision(), before.next(), "one key here, once");
    for (organization, token) in [(office.house.organization, &agent.key), (elsewhere, &guest.key)] {
        let key = key_of(&office, organization, token);
        assert!(
            matches!(&key.state, KeyState::Revoked(b) if b.reason == "leaked" && b.by.is_none()),
            "{key:?}"
        );
    }
    assert_eq!(office.reads(&agent).await, Reason::CredentialRevoked);
    assert_eq!(office.reads(&guest).await, Reason::CredentialRevoked);
    assert_eq!(office.reads(&spared).await, Reason::Granted);
}

#[tokio::test]
async fn the_end_of_a_leaked_key_is_in_the_evidence() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Nils Berg").await;
    office.house.app.report_leaks(std::slice::from_ref(&agent.key)).await.expect("a report");
    let key = key_of(&office, office.house.organization, &agent.key);
    assert_eq!(key.holder, Holder::Agent(agent.id));
    let filter = DecisionFilter {
        action: Some(Action::KeyRevoke.name().to_owned()),
        key: Some(key.id),
        ..DecisionFilter::default()
    };
    let found =
        office.house.app.store.decisions(office.house.organization, &filter, Page::first(10)).await.unwrap();
    let [decision] = &found[..] else { panic!("one decision: {found:?}") };
    assert_eq!((decision.verdict, decision.actor.clone()), (Verdict::Allow, None));
    assert_eq!(decision.target.as_ref().map(|target| target.id.clone()), Some(agent.id.to_string()));
    office.house.app.report_leaks(std::slice::from_ref(&agent.key)).await.expect("a report");
    let again =
        office.house.app.store.decisions(office.house.organization, &filter, Page::first(10)).await.unwrap();
    assert_eq!(again.len(), 1, "a key that has ended is not ended again");
}

#[tokio::test]
async fn a_leaked_management_key_ends() {
    let office = Office::new().await;
    let key = office.house.owner_key.clone();
    assert!(office.house.app.engine.caller(&key, None).await.is_ok());
    office.house.app.report_leaks(std::slice::from_ref(&key)).await.expect("a report");
    assert!(office.house.app.engine.caller(&key, None).await.is_err());
}
