//! Cross-user session fixation: nobody can lay a session into a browser beforehand and share it afterwards.

use super::person::{Person, sign_in_link};
use super::program;

#[tokio::test]
async fn signing_in_takes_a_new_session_whatever_lay_there() {
    let world = &program().await.world;
    let (mut attacker, _) = Person::member(world).await;
    let laid = attacker.session().expect("a session");

    let id = world.person_as(&crate::world::unique("Victim"), "member").await;
    let mut victim = Person::stranger(world.address);
    victim.lay(&laid);
    let answer = victim.send(&sign_in_link(world, &id), &[("next", "")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let theirs = victim.session().expect("a session");
    assert_ne!(theirs, laid, "a new one at sign-in");
    assert!(victim.is_signed_in().await);
    assert!(!attacker.is_signed_in().await, "what lay there before is over");

    // A value that was never a session is not taken up either.
    let made_up = "A".repeat(43);
    let mut victim = Person::stranger(world.address);
    victim.lay(&made_up);
    victim.send(&sign_in_link(world, &id), &[("next", "")]).await;
    assert_ne!(victim.session(), Some(made_up.clone()));
    attacker.lay(&made_up);
    assert!(!attacker.is_signed_in().await);
}

#[tokio::test]
async fn proving_it_again_takes_a_new_session_and_signing_in_by_password_too() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let (before, csrf) = (person.session().expect("a session"), person.csrf().await);
    let mut copy = person.clone();
    let proof = [
        ("login", secrets.login.as_str()),
        ("password", &secrets.password),
        ("code", &secrets.recovery_codes[0]),
        ("next", "/account"),
    ];
    let answer = person.submit("/step-up", &proof).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/account")), "{}", answer.text());
    assert_ne!(person.session().expect("a session"), before, "a new one at step-up");
    assert!(person.is_signed_in().await);
    assert!(!copy.is_signed_in().await, "the one before is over");

    let answer = person.sign_in(&secrets, &secrets.recovery_codes[1], "").await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_ne!(person.csrf().await, csrf, "the forms of the session before are over");
}
