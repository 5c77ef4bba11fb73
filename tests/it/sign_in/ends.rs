//! S7: a session ends idle, ends in any case, and ends with what it rested on.

use serde_json::json;

use super::person::{Person, sign_in_link};
use super::{of, program, rewrite};

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;

#[tokio::test]
async fn it_ends_after_half_an_hour_that_nobody_used_it() {
    let own = program().await;
    let (mut person, id) = Person::member(&own.world).await;
    let aged = |minutes: i64| {
        format!("update sessions set last_seen_at = last_seen_at - {} where {}", minutes * MINUTE, of(&id))
    };
    rewrite(own, &aged(29));
    assert!(person.is_signed_in().await, "after 29 minutes");
    // Being used has moved the idle end: two times 29 minutes are more than 30 and it still counts.
    rewrite(own, &aged(29));
    assert!(person.is_signed_in().await, "used meanwhile");
    rewrite(own, &aged(30));
    let answer = person.get("/account").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/sign-in?next=%2Faccount")),
        "after 30 minutes"
    );
    assert_eq!(person.get("/v1/me").await.status, 401, "and for programs");
}

#[tokio::test]
async fn it_ends_after_twelve_hours_however_busy() {
    let own = program().await;
    let (mut person, id) = Person::member(&own.world).await;
    let closer = |minutes: i64| {
        format!("update sessions set ends_at = ends_at - {} where {}", minutes * MINUTE, of(&id))
    };
    rewrite(own, &closer(12 * 60 - 5));
    assert!(person.is_signed_in().await, "five minutes before");
    // Proving it again makes it fresh, and no longer.
    let secrets = person.set_password().await;
    let proof = [
        ("login", secrets.login.as_str()),
        ("password", &secrets.password),
        ("code", &secrets.recovery_codes[0]),
        ("next", ""),
    ];
    assert_eq!(person.submit("/step-up", &proof).await.status, 303);
    rewrite(own, &closer(5));
    assert!(!person.is_signed_in().await, "after twelve hours");
}

#[tokio::test]
async fn what_is_dangerous_takes_a_proof_of_the_last_five_minutes() {
    let own = program().await;
    let (mut person, id) = Person::member(&own.world).await;
    assert_eq!(person.get("/account/password").await.status, 200);
    rewrite(
        own,
        &format!(
            "update sessions set authenticated_at = authenticated_at - {} where {}",
            5 * MINUTE,
            of(&id)
        ),
    );
    let answer = person.get("/account/password").await;
    let to = Some("/step-up?next=%2Faccount%2Fpassword");
    assert_eq!((answer.status, answer.header("location")), (303, to));
    assert!(person.page("/step-up").await.contains("one-time link"), "how to go on from there");
}

/// ASVS 7.4.2: deactivated, they are out at once, and nothing lets them into the organization again.
#[tokio::test]
async fn who_is_deactivated_is_signed_out_and_comes_in_nowhere() {
    let own = program().await;
    let world = &own.world;
    let (mut person, id) = Person::member(world).await;
    let secrets = person.set_password().await;
    world.post(&format!("members/{id}/suspend"), &json!({"reason": "leaving"})).await;
    assert!(!person.is_signed_in().await, "the session is over");

    let answer = person.sign_in(&secrets, &secrets.recovery_codes[0], "/o/northwind").await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let home = format!("/o/{}", world.organization);
    assert_eq!(person.get(&home).await.status, 404, "the page of every miss");
    assert!(person.page("/choose").await.contains("opens no organization"));
    world.post(&format!("members/{id}/resume"), &json!({"reason": "back"})).await;
    assert_eq!(person.get(&home).await.status, 200, "brought back");
    assert_eq!(person.send(&sign_in_link(world, &id), &[]).await.status, 303);
}
