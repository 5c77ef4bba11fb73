//! S7: what the cookies of a sign-in let others do with them, which is nothing.

use super::person::{Person, SESSION, sign_in_link};
use super::program;
use crate::world::text;

/// The words of a cookie beside its value.
fn words(set: &str) -> Vec<String> {
    set.split(';').skip(1).map(|word| word.trim().to_lowercase()).collect()
}

#[tokio::test]
async fn a_session_cookie_is_of_this_host_alone_and_no_script_reads_it() {
    let world = &program().await.world;
    let owners = world.list("members?role=owner").await;
    let mut person = Person::stranger(world.address);
    let answer = person.send(&sign_in_link(world, &text(&owners[0], "id")), &[("next", "")]).await;
    let set: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, value)| name == "set-cookie" && value.starts_with(SESSION))
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(set.len(), 1, "{:?}", answer.headers);
    let words = words(set[0]);
    for word in ["path=/", "secure", "httponly", "samesite=lax"] {
        assert!(words.iter().any(|known| known == word), "{word} is not in {words:?}");
    }
    // `__Host-` forbids a domain, and a date would keep it beyond the browser's own session.
    for word in ["domain", "expires", "max-age"] {
        assert!(!words.iter().any(|known| known.starts_with(word)), "{word} is in {words:?}");
    }
    let value = person.session().expect("a session");
    assert_eq!(value.len(), 43, "256 bits: {value}");

    // Every other cookie that is ever set is as narrow.
    for path in ["/account", "/o/northwind", "/sign-in", "/account/passkeys/new", "/theme"] {
        let answer = person.get(path).await;
        for (_, set) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let words = self::words(set);
            assert!(words.iter().any(|word| word == "path=/"), "{path}: {set}");
            assert!(words.iter().any(|word| word.starts_with("samesite=")), "{path}: {set}");
        }
    }
}

#[tokio::test]
async fn signing_out_forgets_the_cookie_and_ends_what_it_opened() {
    let world = &program().await.world;
    let mut person = Person::owner(world).await;
    let kept = person.session().expect("a session");
    let answer = person.submit("/sign-out", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sign-in")));
    assert_eq!(person.session(), None, "the browser is told to forget it");
    person.lay(&kept);
    assert!(!person.is_signed_in().await, "a copy of the cookie opens nothing");
}
