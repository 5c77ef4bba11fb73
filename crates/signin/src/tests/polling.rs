//! RFC 8936, asked of a transmitter that answers as a test tells it.

use crate::tests::provider::Provider;
use crate::{Acknowledged, Asks, NotBelieved, SignIn, SignInError};

async fn poll(provider: &Provider) -> Result<crate::Polled, SignInError> {
    let url = provider.url("/poll");
    let asks = Asks { tenant: "northwind", url: &url, token: "let-me-hear" };
    let refused = NotBelieved { err: "authentication_failed", description: "it is not".to_owned() };
    let before = Acknowledged {
        taken: vec!["one".to_owned()],
        refused: [("two".to_owned(), refused)].into_iter().collect(),
    };
    SignIn::new(provider.egress()).poll(asks, &before, 50).await
}

#[tokio::test]
async fn what_a_transmitter_answers_is_read_or_said_to_be_unusable() {
    let provider = Provider::start(|_| (200, "{}".to_owned())).await;
    assert_eq!(poll(&provider).await.unwrap(), crate::Polled::default());
    provider.turn(|_| (200, r#"{"sets": {"a": "b.c.d"}, "moreAvailable": true, "other": 1}"#.to_owned()));
    let polled = poll(&provider).await.unwrap();
    assert!(polled.has_more);
    assert_eq!(polled.sets.into_iter().collect::<Vec<_>>(), [("a".to_owned(), "b.c.d".to_owned())]);
    for (status, body, says) in [
        (200, "", "not the JSON"),
        (200, r#"{"sets": {"a": 1}}"#, "not the JSON"),
        (200, r#"{"sets": "all of them"}"#, "not the JSON"),
        (401, "{}", "does not accept the token"),
        (403, "{}", "does not accept the token"),
        (404, "{}", "answered 404"),
        (500, "let-me-hear", "answered 500"),
    ] {
        provider.turn(move |_| (status, body.to_owned()));
        let error = poll(&provider).await.unwrap_err().to_string();
        assert!(error.contains(says) && !error.contains("let-me-hear"), "{status} {body}: {error}");
    }
    provider.turn(|_| (200, " ".repeat(2 << 20)));
    let error = poll(&provider).await.unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");
}
