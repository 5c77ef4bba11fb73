//! What should never be sent, sent: each gets a clear answer, and nothing of it is taken for something else.

mod bodies;
mod credentials;
mod fields;
mod messages;
mod repeats;
pub(crate) mod tenants;
mod traps;
mod unknown;

use testkit::http::Response;

/// The status of an answer and the code of its problem document, which has to be whole.
#[track_caller]
fn problem(response: &Response) -> (u16, String) {
    assert_eq!(response.header("content-type"), Some("application/problem+json"), "{}", response.text());
    let document = response.json();
    assert_eq!(document["status"], response.status, "{document}");
    for field in ["type", "title", "detail", "code"] {
        assert!(document[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {document}");
    }
    (response.status, document["code"].as_str().unwrap_or_default().to_owned())
}
