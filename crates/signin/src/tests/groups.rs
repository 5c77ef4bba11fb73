use serde_json::{Value, json};

use crate::{Claims, Groups};

fn claims(said: &Value) -> Claims {
    Claims(said.as_object().unwrap().clone())
}

#[test]
fn groups_are_named_or_elsewhere_or_unsaid() {
    let named = |names: &[&str]| Groups::Named(names.iter().map(ToString::to_string).collect());
    let place = "https://idp.example/me/groups";
    let overage =
        json!({"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": place}}});
    for (said, expected) in [
        (json!({"groups": ["a", "b"]}), named(&["a", "b"])),
        (json!({"groups": "a"}), named(&["a"])),
        (json!({"groups": []}), named(&[])),
        (json!({"groups": ["a", 1]}), Groups::Unsaid),
        (json!({}), Groups::Unsaid),
        (overage, Groups::Elsewhere(Some(place.to_owned()))),
        (json!({"_claim_names": {"groups": "src1"}}), Groups::Elsewhere(None)),
        (json!({"hasgroups": true}), Groups::Elsewhere(None)),
        (json!({"hasgroups": "true"}), Groups::Elsewhere(None)),
        (json!({"hasgroups": false}), Groups::Unsaid),
    ] {
        assert_eq!(claims(&said).groups("groups"), expected, "{said}");
    }
}

/// open-mercato #3905, Zitadel CVE-2026-56666: an address counts as verified when the provider says so, and only then.
#[test]
fn an_address_is_verified_by_the_word_true_alone() {
    for (said, expected) in [
        (json!({"email_verified": true}), true),
        (json!({"email_verified": false}), false),
        (json!({"email_verified": "true"}), false),
        (json!({"email_verified": 1}), false),
        (json!({"email_verified": null}), false),
        (json!({}), false),
    ] {
        assert_eq!(claims(&said).has_verified_address(), expected, "{said}");
    }
}
