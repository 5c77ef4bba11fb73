//! S2: whoever may say through an organization's provider that they are somebody, is them in that organization only.

use app::Error;
use app::member_invitations::{NewMemberInvitation, Newcomer};
use app::sessions::{Browser, SignIn};
use app::single_sign_on::{Claims, Finished, Person, Purpose};
use chrono::TimeDelta;
use model::{Connection, ConnectionState, OrganizationId, OrganizationRole, Origin, Proof, Session, UserId};

use crate::harness::{House, by, connect, found};

async fn signed_in(house: &House, user: UserId, origin: Origin) -> Session {
    let who = SignIn {
        user,
        origin,
        proof: Proof::Oidc,
        amr: Vec::new(),
        acr: None,
        authenticated_at: None,
        provider_session: None,
        browser: Browser::default(),
    };
    house.app.sign_in(who, None).await.unwrap().session
}

/// Somebody who came back from the provider of a connection as that subject.
fn finished(house: &House, organization: OrganizationId, connection: &Connection) -> Finished {
    Finished {
        organization,
        connection: connection.clone(),
        flow: store::Flow {
            connection: connection.id,
            purpose: Purpose::Link,
            browser: [0; 32],
            nonce: String::new(),
            verifier: String::new(),
            next: "/account".to_owned(),
            session: None,
            address: None,
            expires_at: house.clock.now() + TimeDelta::minutes(1),
        },
        person: Person {
            issuer: connection.terms.issuer.clone(),
            subject: "mallory".to_owned(),
            name: None,
            address: Some("mallory@contoso.example".to_owned()),
            address_is_verified: true,
            groups: None,
            amr: Vec::new(),
            acr: None,
            proven_at: None,
            session: None,
            kept: None,
            claims: Claims(serde_json::Map::new()),
        },
    }
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Err(Error::Conflict { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_session_of_one_organizations_provider_reaches_no_other() {
    let house = House::new().await;
    let (app, maya, northwind) = (&house.app, house.owner, house.organization);
    let okta = connect(&house, maya, northwind, ConnectionState::Tested).await;
    let origin = Origin::Connection { connection: okta.id, organization: northwind, voucher: None };
    let by_northwind = signed_in(&house, maya, origin).await;
    app.speaks_for_the_person(&by_northwind).await.expect("it is their only organization");

    let (contoso, jonas, _) = found(app, "contoso", "Jonas Weber").await;
    let invited = NewMemberInvitation {
        email: None,
        role: OrganizationRole::Admin,
        places: Vec::new(),
        days: None,
        accepts_identity: false,
    };
    let link = app.invite_member(by(jonas, contoso), invited, "http://127.0.0.1:8400").await.unwrap();
    app.accept_invitation(&link.value.token, Newcomer::Known(maya), None).await.unwrap();
    let theirs = connect(&house, jonas, contoso, ConnectionState::Tested).await;

    assert!(app.place(&by_northwind, "northwind").await.unwrap().is_some());
    assert!(app.place(&by_northwind, "contoso").await.unwrap().is_none());
    assert_eq!(code(app.speaks_for_the_person(&by_northwind).await), "other_organization");

    // An employee of Contoso who can say at Northwind's provider that they are Maya does not become her at Contoso.
    let mallory = finished(&house, contoso, &theirs);
    assert_eq!(code(app.tie(&mallory, &by_northwind).await), "other_organization");
    assert!(app.known(&mallory).await.unwrap().is_none(), "nothing was bound");

    // By a session of the organization itself, or of this installation's own, it is hers to tie.
    let local = signed_in(&house, maya, Origin::Local { honoured_by: None }).await;
    app.speaks_for_the_person(&local).await.unwrap();
    app.tie(&mallory, &local).await.unwrap();
    assert_eq!(app.known(&mallory).await.unwrap().map(|identity| identity.user), Some(maya));
    let by_contoso = Origin::Connection { connection: theirs.id, organization: contoso, voucher: None };
    let by_contoso = signed_in(&house, maya, by_contoso).await;
    app.tie(&mallory, &by_contoso).await.unwrap();
    assert!(app.place(&by_contoso, "northwind").await.unwrap().is_none());
}
