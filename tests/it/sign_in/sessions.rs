//! A person sees where they are signed in and ends it there, and nobody else's.

use serde_json::Value;
use testkit::http::Request;

use super::person::Person;
use super::program;

/// The ids of the sessions that a page offers to end.
fn offered(page: &str) -> Vec<String> {
    let forms = page.split("/account/sessions/").skip(1).filter_map(|rest| rest.split_once("/end\""));
    forms.map(|(id, _)| id.to_owned()).collect()
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_ended_one_by_one_or_all() {
    let world = &program().await.world;
    let (mut here, id) = Person::member(world).await;
    let mut telephone = Person::of(world, &id).await.moved_to("203.0.113.77");
    let request = Request::get("/account").header("user-agent", "Mozilla/5.0 (iPhone) Safari/605.1");
    assert_eq!(telephone.exchange(request).await.status, 200);
    let mut library = Person::of(world, &id).await;

    let page = here.page("/account").await;
    assert_eq!(page.matches("(this one)").count(), 1, "{page}");
    let others = offered(&page);
    assert_eq!(others.len(), 2, "the two others can be ended, and this one by signing out");

    // Somebody else's are not theirs to end: the page of every miss.
    let (mut stranger, _) = Person::member(world).await;
    for id in &others {
        let answer = stranger.submit(&format!("/account/sessions/{id}/end"), &[]).await;
        assert_eq!(answer.status, 404, "{}", answer.text());
    }
    let answer = stranger.submit("/account/sessions/00000000-0000-7000-8000-000000000000/end", &[]).await;
    assert_eq!(answer.status, 404, "the same as one that never was");
    assert!(telephone.is_signed_in().await && library.is_signed_in().await);

    let answer = here.submit(&format!("/account/sessions/{}/end", others[0]), &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/account")));
    let left = [telephone.is_signed_in().await, library.is_signed_in().await];
    assert_eq!(left.iter().filter(|is_in| **is_in).count(), 1, "one of the two");

    assert_eq!(here.submit("/account/sessions/end-others", &[]).await.status, 303);
    assert!(!telephone.is_signed_in().await && !library.is_signed_in().await && here.is_signed_in().await);

    let mut again = Person::of(world, &id).await;
    assert_eq!(here.submit("/account/sessions/end-everywhere", &[]).await.status, 303);
    assert!(!here.is_signed_in().await && !again.is_signed_in().await);
}

/// The same for programs that act for somebody signed in.
#[tokio::test]
async fn the_api_lists_and_ends_them_too() {
    let world = &program().await.world;
    let (mut here, id) = Person::member(world).await;
    let mut there = Person::of(world, &id).await;
    let listed: Value = here.get("/v1/me/sessions").await.json();
    let items = listed["items"].as_array().expect("sessions");
    assert_eq!(items.len(), 2, "{listed}");
    let other = items.iter().find(|item| item["is_this"] == false).expect("the other");
    let path = format!("/v1/me/sessions/{}", other["id"].as_str().expect("an id"));
    let same = |request: Request| request.header("sec-fetch-site", "same-origin");
    let (mut stranger, _) = Person::member(world).await;
    assert_eq!(stranger.exchange(same(Request::new("DELETE", &path))).await.status, 404);
    assert!(there.is_signed_in().await);
    let answer = here.exchange(same(Request::new("DELETE", &path))).await;
    assert!((200..300).contains(&answer.status), "{} {}", answer.status, answer.text());
    assert!(!there.is_signed_in().await);
}
