//! A set-up link counts until something has come of it, and no longer.

use app::Error;
use app::connections::CheckedTerms;
use model::{ClientAuthentication, ConnectionState, OrganizationRole};

use crate::harness::{House, connect};

#[tokio::test]
async fn a_link_that_came_to_nothing_still_counts() {
    let house = House::new().await;
    let app = &house.app;
    let who = app::members::Who::New { name: "Ann".parse().unwrap(), email: None };
    let added = house.run(house.owner, |p| app::members::add(p, who, OrganizationRole::Admin)).await;
    let ann = added.unwrap().value.user;
    let draft = connect(&house, house.owner, house.organization, |_| ConnectionState::Draft).await;
    let link = app.setup_link(house.by(ann), draft.id).await.unwrap();
    let token = link.rsplit('/').next().unwrap();
    let fill_in = async || {
        let mut terms = draft.terms.clone();
        terms.client.authentication = ClientAuthentication::Basic;
        let terms = CheckedTerms::checked(&app.egress, terms).unwrap();
        app.set_up(token, terms, Some("what the provider gave")).await
    };
    let become_a = async |role| {
        house.run(house.owner, move |p| app::members::set_role(p, ann, role)).await.unwrap();
    };

    // It is filled in in her name, and she may not do it herself at the moment.
    become_a(OrganizationRole::Member).await;
    assert!(matches!(fill_in().await, Err(Error::Denied(_) | Error::Hidden(_))));
    become_a(OrganizationRole::Admin).await;
    fill_in().await.expect("nothing had come of it");
    let secret = house.facts().connection(draft.id).unwrap().terms.client.secret.expect("a secret");
    assert!(app.store.client_secret(house.organization, secret).await.unwrap().is_some());
    assert!(matches!(fill_in().await, Err(Error::Conflict { code: "link_over", .. })), "once");
    assert!(app.store.client_secret(house.organization, secret).await.unwrap().is_some(), "in use");
}
