//! Coming in past a provider: only one that is demanded, and of several organizations the one that somebody wants into.

use app::accounts::{NewTotp, Shown};
use app::member_invitations::{NewMemberInvitation, Newcomer};
use app::sessions::{Browser, Opened};
use model::{ConnectionState, OrganizationId, OrganizationRole, Origin, UserId};
use totp_rs::{Builder, Secret};
use zeroize::Zeroizing;

use crate::harness::{House, Refused, by, connect, found, refusal};

const LOGIN: &str = "maya@northwind.example";
const PASSWORD: &str = "violet kettle nine drums";

/// Gives somebody a password and an authenticator; their recovery codes.
async fn can_sign_in(house: &House, user: UserId) -> Vec<Zeroizing<String>> {
    let app = &house.app;
    app.set_password(user, LOGIN, Zeroizing::new(PASSWORD.to_owned())).await.unwrap();
    let NewTotp { seed, .. } = app.new_totp(user, LOGIN).await.unwrap();
    let secret = Secret::try_from_base32(seed.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(house.clock.now().timestamp()).unwrap();
    assert!(app.confirm_totp(user, &totp.generate(now).to_string()).await.unwrap());
    app.new_recovery_codes(user).await.unwrap().0
}

async fn sign_in(house: &House, code: &Zeroizing<String>, next: &str) -> Opened {
    let shown = Shown {
        login: LOGIN.to_owned(),
        password: Zeroizing::new(PASSWORD.to_owned()),
        code: code.clone(),
        next: next.to_owned(),
    };
    house.app.sign_in_by_password(shown, Browser::default(), None).await.unwrap()
}

fn honoured(opened: &Opened) -> Option<OrganizationId> {
    match opened.session.origin {
        Origin::Local { honoured_by } => honoured_by,
        Origin::Connection { .. } => panic!("a local sign-in"),
    }
}

#[tokio::test]
async fn a_session_is_honoured_past_the_provider_of_the_organization_that_somebody_wants_into() {
    let house = House::new().await;
    let (app, maya, northwind) = (&house.app, house.owner, house.organization);
    let codes = can_sign_in(&house, maya).await;
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
    app.add_break_glass(by(maya, northwind), maya).await.unwrap();
    app.add_break_glass(by(jonas, contoso), maya).await.unwrap();

    // While no provider is demanded there is nothing to come in past.
    let early = sign_in(&house, &codes[0], "/o/northwind").await;
    assert_eq!(honoured(&early), None);
    connect(&house, maya, northwind, ConnectionState::Enforced).await;
    assert!(app.place(&early.session, "northwind").await.unwrap().is_none(), "nor is it honoured afterwards");
    assert!(app.place(&early.session, "contoso").await.unwrap().is_some());
    assert_eq!(
        honoured(&sign_in(&house, &codes[1], "/o/contoso").await),
        Some(northwind),
        "the one that demands"
    );

    connect(&house, jonas, contoso, ConnectionState::Enforced).await;
    for (code, next, expected) in [
        (&codes[2], "/o/contoso/agents?state=live", contoso),
        (&codes[3], "/o/contoso", contoso),
        (&codes[4], "/o/northwind", northwind),
    ] {
        let opened = sign_in(&house, code, next).await;
        assert_eq!(honoured(&opened), Some(expected), "{next}");
        assert!(app.place(&opened.session, &expected.to_string()).await.unwrap().is_some());
    }
    assert!(honoured(&sign_in(&house, &codes[5], "").await).is_some(), "wherever they want");
}

#[tokio::test]
async fn who_has_no_way_to_sign_in_is_not_named_and_the_last_is_not_taken_back() {
    let house = House::new().await;
    let (app, maya) = (&house.app, house.owner);
    assert_eq!(
        refusal(app.add_break_glass(house.by(maya), maya).await),
        Refused::Invalid(vec!["user".to_owned()])
    );
    can_sign_in(&house, maya).await;
    assert_eq!(refusal(app.remove_break_glass(house.by(maya), maya).await), Refused::NotFound);
    app.add_break_glass(house.by(maya), maya).await.unwrap();
    app.add_break_glass(house.by(maya), maya).await.expect("who is named already is named");
    app.remove_break_glass(house.by(maya), maya).await.expect("while no provider is demanded");

    app.add_break_glass(house.by(maya), maya).await.unwrap();
    connect(&house, maya, house.organization, ConnectionState::Enforced).await;
    let refused = refusal(app.remove_break_glass(house.by(maya), maya).await);
    assert_eq!(refused, Refused::Conflict("no_break_glass"));
    assert!(app.remove_password(maya).await.is_err(), "nor is what it rests on");
}
