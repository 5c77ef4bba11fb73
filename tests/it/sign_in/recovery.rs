//! Recovery codes: each once, together with the password, and old ones end with new ones.

use super::person::Person;
use super::program;

#[tokio::test]
async fn each_recovery_code_counts_once() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let codes = &secrets.recovery_codes;
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| code.len() == 39), "128 bits in groups of four: {codes:?}");
    assert!(person.page("/account").await.contains("10 recovery codes"));
    for (at, code) in codes.iter().enumerate() {
        let mut browser = Person::stranger(world.address);
        // However it was typed.
        let typed = if at % 2 == 0 { code.to_uppercase() } else { code.replace('-', " ") };
        let answer = browser.sign_in(&secrets, &typed, "").await;
        assert_eq!(answer.status, 303, "{at}: {}", answer.text());
        let answer = Person::stranger(world.address).sign_in(&secrets, code, "").await;
        assert_eq!(answer.status, 422, "{at}, again");
    }
    assert!(person.page("/account").await.contains("0 recovery codes"));

    let answer = person.submit("/account/recovery-codes", &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(codes.iter().all(|code| !answer.text().contains(code.as_str())), "all of them are new");
    let wrong = Person::stranger(world.address).sign_in(&secrets, &codes[0], "").await;
    assert_eq!(wrong.status, 422);
}

/// A code alone, or with another's password, opens nothing.
#[tokio::test]
async fn a_recovery_code_is_its_persons_and_no_password() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let (mut other, _) = Person::member(world).await;
    let others = other.set_password().await;
    let mut browser = Person::stranger(world.address);
    let wrong = browser.sign_in(&others, &secrets.recovery_codes[0], "").await;
    assert_eq!(wrong.status, 422);
    let fields = [("login", secrets.login.as_str()), ("password", ""), ("code", &secrets.recovery_codes[0])];
    assert_eq!(browser.send("/sign-in/password", &fields).await.status, 422);
    assert_eq!(browser.sign_in(&secrets, &secrets.recovery_codes[0], "").await.status, 303, "unused by that");
    // Taken away with the password, none of it opens anything.
    assert_eq!(person.submit("/account/password/remove", &[]).await.status, 303);
    let wrong = Person::stranger(world.address).sign_in(&secrets, &secrets.recovery_codes[1], "").await;
    assert_eq!(wrong.status, 422);
}
