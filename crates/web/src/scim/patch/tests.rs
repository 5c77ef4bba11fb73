use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const URN: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

fn user() -> Map<String, Value> {
    let user = json!({
        "userName": "maya",
        "active": true,
        "name": {"givenName": "Maya", "familyName": "Chen"},
        "emails": [{"value": "maya@work.example", "type": "work", "primary": true}, {"value": "m@home.example", "type": "home"}],
        URN: {"department": "Research"},
    });
    user.as_object().expect("an object").clone()
}

fn patch(kind: ResourceKind, resource: &Map<String, Value>, operations: &Value) -> Result<Value, ScimError> {
    let body =
        json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations});
    Ok(Value::Object(patched(kind, resource, &super::operations(&body)?)?))
}

fn patched_user(operations: &Value) -> Value {
    patch(ResourceKind::User, &user(), operations).expect("patched")
}

fn refused(operations: &Value) -> &'static str {
    patch(ResourceKind::User, &user(), operations).expect_err("refused").kind.expect("a kind")
}

#[test]
fn entra_deactivates_by_text_with_and_without_a_path() {
    for operations in [
        json!([{"op": "Replace", "path": "active", "value": "False"}]),
        json!([{"op": "replace", "value": {"active": false}}]),
        json!([{"op": "Replace", "value": {"active": "false"}}]),
        json!([{"op": "Add", "path": "urn:ietf:params:scim:schemas:core:2.0:User:active", "value": "False"}]),
    ] {
        assert_eq!(patched_user(&operations)["active"], json!(false), "{operations}");
    }
    assert_eq!(refused(&json!([{"op": "replace", "path": "active", "value": "no"}])), "invalidValue");
    assert_eq!(refused(&json!([{"op": "replace", "path": "active", "value": 0}])), "invalidValue");
}

#[test]
fn names_without_a_path_are_whole_paths() {
    let after = patched_user(&json!([{"op": "Add", "value": {
        "name.givenName": "May",
        "emails[type eq \"home\"].value": "may@home.example",
        "phoneNumbers[type eq \"mobile\"].value": "+49 30 1",
        format!("{URN}:department"): "Ledger",
        format!("{URN}:manager"): "26118915-6090-4610-87e4-49d8ca9f808d",
        "unknownThing": 7,
        "id": "another",
    }}]));
    assert_eq!(after["name"], json!({"givenName": "May", "familyName": "Chen"}));
    assert_eq!(after["emails"][1]["value"], json!("may@home.example"));
    assert_eq!(after["phoneNumbers"], json!([{"type": "mobile", "value": "+49 30 1"}]));
    let manager = json!({"value": "26118915-6090-4610-87e4-49d8ca9f808d"});
    assert_eq!(after[URN], json!({"department": "Ledger", "manager": manager}));
    assert_eq!(after.get("unknownThing"), None);
    assert_eq!(after.get("id"), None);
}

#[test]
fn values_are_chosen_by_brackets() {
    let replace =
        |path: &str, value: Value| patched_user(&json!([{"op": "replace", "path": path, "value": value}]));
    let after = replace("emails[type eq \"work\"].value", json!("new@work.example"));
    assert_eq!(after["emails"][0], json!({"value": "new@work.example", "type": "work", "primary": true}));
    let after = replace("emails[type eq \"home\"]", json!({"primary": true}));
    assert_eq!(after["emails"][0]["primary"], json!(false), "the new primary one takes it from the old");
    assert_eq!(after["emails"][1]["primary"], json!(true));
    let after = patched_user(&json!([{"op": "remove", "path": "emails[type eq \"work\"]"}]));
    assert_eq!(after["emails"], json!([{"value": "m@home.example", "type": "home"}]));
    let after = patched_user(&json!([{"op": "remove", "path": "emails[type eq \"work\"].type"}]));
    assert_eq!(after["emails"][0], json!({"value": "maya@work.example", "primary": true}));
    let absent = json!([{"op": "replace", "path": "emails[type eq \"other\"].value", "value": "x@y"}]);
    assert_eq!(refused(&absent), "noTarget");
    let after =
        patched_user(&json!([{"op": "add", "path": "emails[type eq \"other\"].value", "value": "x@y"}]));
    assert_eq!(after["emails"][2], json!({"type": "other", "value": "x@y"}));
}

#[test]
fn what_is_removed_is_gone_and_what_is_added_twice_is_there_once() {
    let after = patched_user(&json!([
        {"op": "remove", "path": "name.familyName"},
        {"op": "remove", "path": "emails"},
        {"op": "remove", "path": URN},
        {"op": "add", "path": "roles", "value": [{"value": "a"}]},
        {"op": "add", "path": "roles", "value": [{"value": "a"}, {"value": "b"}]},
    ]));
    let expected = json!({"userName": "maya", "active": true, "name": {"givenName": "Maya"}, "roles": [{"value": "a"}, {"value": "b"}]});
    assert_eq!(after, expected);
}

#[test]
fn members_come_and_go_in_every_shape() {
    let group = json!({"displayName": "Ledger", "members": [{"value": "a", "type": "User"}, {"value": "b", "type": "User"}]});
    let group = group.as_object().expect("an object").clone();
    let members = |operations: Value| {
        let after = patch(ResourceKind::Group, &group, &operations).expect("patched");
        let list = after["members"].as_array().cloned().unwrap_or_default();
        list.iter().map(|member| member["value"].as_str().expect("a value").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        members(json!([{"op": "Add", "path": "members", "value": [{"value": "b"}, {"value": "c"}]}])),
        ["a", "b", "c"]
    );
    assert_eq!(members(json!([{"op": "add", "value": {"members": [{"value": "c"}]}}])), ["a", "b", "c"]);
    assert_eq!(members(json!([{"op": "Remove", "path": "members", "value": [{"value": "a"}]}])), ["b"]);
    assert_eq!(members(json!([{"op": "remove", "path": "members[value eq \"a\"]"}])), ["b"]);
    assert_eq!(members(json!([{"op": "replace", "path": "members", "value": [{"value": "c"}]}])), ["c"]);
    assert!(members(json!([{"op": "remove", "path": "members"}])).is_empty());
    assert!(members(json!([{"op": "replace", "path": "members", "value": []}])).is_empty());
    assert_eq!(members(json!([{"op": "remove", "path": "members[value eq \"x\"]"}])), ["a", "b"]);
}

#[test]
fn what_cannot_be_is_refused_by_its_kind() {
    for (operations, kind) in [
        (json!([{"op": "remove"}]), "noTarget"),
        (json!([{"op": "replace", "path": "id", "value": "x"}]), "mutability"),
        (json!([{"op": "replace", "path": "groups", "value": []}]), "mutability"),
        (json!([{"op": "replace", "path": "meta.created", "value": "x"}]), "mutability"),
        (json!([{"op": "replace", "path": "nothing", "value": "x"}]), "invalidPath"),
        (json!([{"op": "replace", "path": "name.nothing", "value": "x"}]), "invalidPath"),
        (json!([{"op": "replace", "path": "emails[nothing eq 1]", "value": "x"}]), "invalidPath"),
        (json!([{"op": "replace", "path": "name[givenName eq \"x\"]", "value": "x"}]), "invalidPath"),
        (json!([{"op": "replace", "path": "emails[type eq", "value": "x"}]), "invalidPath"),
        (json!([{"op": "replace", "path": 7, "value": "x"}]), "invalidPath"),
        (json!([{"op": "replace", "path": "userName", "value": 7}]), "invalidValue"),
        (json!([{"op": "replace", "path": "userName", "value": ""}]), "invalidValue"),
        (json!([{"op": "remove", "path": "userName"}]), "invalidValue"),
        (json!([{"op": "replace", "path": "emails", "value": [7]}]), "invalidValue"),
        (json!([{"op": "replace", "path": "name", "value": "Maya"}]), "invalidValue"),
        (json!([{"op": "replace", "path": "title"}]), "invalidValue"),
        (json!([{"op": "replace", "value": "x"}]), "invalidValue"),
        (
            json!([{"op": "add", "path": "emails[type ne \"work\" and type pr and value eq \"q\"].value", "value": "x"}]),
            "noTarget",
        ),
        (json!([{"op": "move", "path": "title", "value": "x"}]), "invalidSyntax"),
        (json!(["x"]), "invalidSyntax"),
        (json!([]), "invalidSyntax"),
        (json!({}), "invalidSyntax"),
    ] {
        assert_eq!(refused(&operations), kind, "{operations}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        "[a-zA-Z]{0,6}".prop_map(Value::from),
        any::<i8>().prop_map(Value::from)
    ];
    let key = prop::sample::select(vec![
        "value",
        "type",
        "primary",
        "name",
        "givenName",
        "emails",
        "members",
        "active",
        "x",
    ]);
    leaf.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(key.clone().prop_map(ToOwned::to_owned), inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// Whatever comes is answered, and what comes out is in the one shape: reading it again gives the same.
    #[test]
    fn what_comes_out_reads_as_itself(
        verb in prop::sample::select(vec!["add", "replace", "remove"]),
        path in prop::option::of(prop::sample::select(vec![
            "emails", "emails.value", "emails[type eq \"work\"]", "emails[primary eq true].value", "name", "name.givenName",
            "active", "roles", URN, "userName", "externalId", "schemas",
        ])),
        value in value(),
    ) {
        let operation = json!([{"op": verb, "path": path, "value": value}]);
        if let Ok(Value::Object(mut after)) = patch(ResourceKind::User, &user(), &operation) {
            after.insert("schemas".to_owned(), json!(["urn:ietf:params:scim:schemas:core:2.0:User"]));
            let read = crate::scim::read::resource(ResourceKind::User, &Value::Object(after.clone())).expect("reads");
            after.shift_remove("schemas");
            prop_assert_eq!(Value::Object(read), Value::Object(after));
        }
    }
}
