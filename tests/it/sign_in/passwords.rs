//! S8: a password counts together with a code, each code once, and who guesses locks out nobody but themselves.

use testkit::http::Response;

use super::person::Person;
use super::program;

const WRONG: &str = "do not belong together";
const TOO_OFTEN: &str = "tried too often";

#[track_caller]
fn refused(answer: &Response, says: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(says), "{}", answer.text());
}

#[tokio::test]
async fn a_password_and_a_code_sign_in_and_neither_alone_does() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let mut browser = Person::stranger(world.address);
    let code = secrets.code(0);
    refused(&browser.sign_in(&secrets, "", "").await, WRONG);
    refused(&browser.sign_in(&secrets, "000000", "").await, WRONG);
    let fields =
        [("login", secrets.login.as_str()), ("password", "violet kettle nine drumx"), ("code", &code)];
    refused(&browser.send("/sign-in/password", &fields).await, WRONG);
    assert_eq!(browser.session(), None);

    // In any case, and with blanks around the name as people paste it.
    let shouted = format!("  {} ", secrets.login.to_uppercase());
    let fields =
        [("login", shouted.as_str()), ("password", &secrets.password), ("code", &code), ("next", "/account")];
    let answer = browser.send("/sign-in/password", &fields).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/account")), "{}", answer.text());
    assert!(browser.page("/account").await.contains("password and code"), "how they came in");
}

/// ASVS 6.5.1: a code counts once, and none that is older than the last.
#[tokio::test]
async fn a_one_time_code_counts_once() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let (before, now) = (secrets.code(-1), secrets.code(0));
    let mut browser = Person::stranger(world.address);
    refused(&browser.sign_in(&secrets, &before, "").await, WRONG);
    assert_eq!(browser.sign_in(&secrets, &now, "").await.status, 303, "a fresh one");
    let mut second = Person::stranger(world.address);
    refused(&second.sign_in(&secrets, &now, "").await, WRONG);
    refused(&second.sign_in(&secrets, &before, "").await, WRONG);
    refused(&second.sign_in(&secrets, &secrets.code(5), "").await, WRONG);
    assert_eq!(second.session(), None);
    // Nor does it prove anything again.
    let fields =
        [("login", secrets.login.as_str()), ("password", &secrets.password), ("code", &now), ("next", "")];
    refused(&browser.submit("/step-up", &fields).await, "");
    assert_eq!(second.sign_in(&secrets, &secrets.code(1), "").await.status, 303, "the next one");
}

#[tokio::test]
async fn who_guesses_locks_out_nobody_but_themselves() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let (mut colleague, _) = Person::member(world).await;
    let others = colleague.set_password().await;
    let mut guesser = Person::stranger(world.address);
    for _ in 0..5 {
        let fields =
            [("login", secrets.login.as_str()), ("password", "not this one, I think"), ("code", "123456")];
        refused(&guesser.send("/sign-in/password", &fields).await, WRONG);
    }
    // The sixth is not looked at, right as it is.
    refused(&guesser.sign_in(&secrets, &secrets.recovery_codes[0], "").await, TOO_OFTEN);

    let mut owner_of_it = Person::stranger(world.address);
    let answer = owner_of_it.sign_in(&secrets, &secrets.recovery_codes[0], "").await;
    assert_eq!(answer.status, 303, "the person, from elsewhere: {}", answer.text());
    let mut beside = Person::stranger(world.address);
    beside = beside.moved_to("198.51.100.44");
    for _ in 0..5 {
        let fields =
            [("login", secrets.login.as_str()), ("password", "not this one, I think"), ("code", "123456")];
        refused(&beside.send("/sign-in/password", &fields).await, WRONG);
    }
    let answer = beside.sign_in(&others, &others.recovery_codes[0], "").await;
    assert_eq!(answer.status, 303, "a colleague, from the same address: {}", answer.text());
    // And a session that is there goes on.
    assert!(person.is_signed_in().await);
}

/// Guesses that are sent together count together.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_the_same_moment_are_counted_before_they_are_looked_at() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let guesser = Person::stranger(world.address);
    let together: Vec<_> = (0..12)
        .map(|number| {
            let (mut guesser, login) = (guesser.clone(), secrets.login.clone());
            tokio::spawn(async move {
                let password = format!("violet kettle nine drums {number}");
                let fields = [("login", login.as_str()), ("password", &password), ("code", "123456")];
                guesser.send("/sign-in/password", &fields).await.text()
            })
        })
        .collect();
    let mut looked_at = 0;
    for guess in together {
        let text = guess.await.expect("it ends");
        looked_at += usize::from(text.contains(WRONG));
        assert!(text.contains(WRONG) || text.contains(TOO_OFTEN), "{text}");
    }
    assert_eq!(looked_at, 5);
}

/// A name that is nobody's is refused in the same words as a wrong password.
#[tokio::test]
async fn nothing_tells_who_has_an_account() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let secrets = person.set_password().await;
    let ask = async |login: &str| {
        let fields = [("login", login), ("password", "not this one, I think"), ("code", "123456")];
        let answer = Person::stranger(world.address).send("/sign-in/password", &fields).await;
        (answer.status, answer.text().replace(login, "…"))
    };
    assert_eq!(ask(&secrets.login).await, ask("nobody-at-all@northwind.example").await);
    let realm = async |email: &str| {
        let answer = Person::stranger(world.address).send("/sign-in", &[("email", email)]).await;
        (
            answer.status,
            answer.header("location").unwrap_or_default().split("login=").next().map(str::to_owned),
        )
    };
    assert_eq!(realm(&secrets.login).await, realm("nobody-at-all@northwind.example").await);
}

#[tokio::test]
async fn a_weak_password_or_a_taken_name_is_refused_with_what_to_do() {
    let world = &program().await.world;
    let (mut person, _) = Person::member(world).await;
    let taken = person.set_password().await;
    let (mut other, _) = Person::member(world).await;
    for (login, password, says) in [
        ("someone@northwind.example", "fourteen chars", "at least 15 characters"),
        ("someone@northwind.example", "Correct-Horse-Battery-Staple", "among the first that are tried"),
        ("someone@northwind.example", "passwordpassword1", "among the first that are tried"),
        (taken.login.as_str(), "violet kettle nine drums", "signs in by this name already"),
        ("", "violet kettle nine drums", "name to sign in by"),
    ] {
        let answer = other.submit("/account/password", &[("login", login), ("password", password)]).await;
        refused(&answer, says);
        assert!(!answer.text().contains(password), "what was typed is not shown again");
    }
    // Another password signs out who may sit at another browser with the old one.
    let mut elsewhere = Person::stranger(world.address);
    assert_eq!(elsewhere.sign_in(&taken, &taken.recovery_codes[0], "").await.status, 303);
    let set = [("login", taken.login.as_str()), ("password", "amber lantern seven rivers")];
    assert_eq!(person.submit("/account/password", &set).await.status, 303);
    assert!(!elsewhere.is_signed_in().await && person.is_signed_in().await);
    refused(&elsewhere.sign_in(&taken, &taken.recovery_codes[1], "").await, WRONG);
}
