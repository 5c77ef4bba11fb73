//! Finding: filters, order, pages, which attributes.

use serde_json::{Value, json};

use super::{Directory, ENTERPRISE, at, id};

async fn names(directory: &Directory, query: &str) -> Vec<String> {
    let found = directory.get(&format!("/Users?{query}")).await;
    let list = found["Resources"].as_array().expect("resources");
    list.iter().map(|user| user["displayName"].as_str().expect("a name").replace(" Chen", "")).collect()
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let jonas = directory.person("Jonas").await;
    directory.person("Ada").await;
    directory.patch(&at(&jonas), json!([{"op": "replace", "path": "active", "value": false}])).await;
    let extension = json!([{"op": "add", "path": format!("{ENTERPRISE}:department"), "value": "Ledger"}]);
    directory.patch(&at(&maya), extension).await;
    directory.patch(&at(&maya), json!([{"op": "replace", "path": "title", "value": "Head"}])).await;
    let created = maya["meta"]["created"].as_str().expect("a moment").replace('+', "%2B");
    let by_id = format!("id%20eq%20%22{}%22", id(&maya));
    let by_moment = format!("meta.created%20gt%20%22{created}%22");
    let cases: Vec<(&str, &[&str])> = vec![
        ("userName%20eq%20%22MAYA%40northwind.example%22", &["Maya"]),
        ("USERNAME%20sw%20%22ma%22", &["Maya"]),
        ("userName%20co%20%22northwind%22", &["Maya", "Jonas", "Ada"]),
        ("userName%20ew%20%22.example%22%20and%20active%20eq%20false", &["Jonas"]),
        ("active%20eq%20true%20and%20not%20(title%20pr)", &["Ada"]),
        ("title%20eq%20%22head%22%20or%20active%20eq%20%22False%22", &["Maya", "Jonas"]),
        ("name.givenName%20ge%20%22jonas%22", &["Maya", "Jonas"]),
        ("emails%20co%20%22ada%40%22", &["Ada"]),
        ("emails.value%20co%20%22ada%40%22", &["Ada"]),
        ("emails%5Btype%20eq%20%22work%22%20and%20value%20sw%20%22jo%22%5D", &["Jonas"]),
        ("emails%5Btype%20eq%20%22home%22%5D", &[]),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department%20eq%20%22ledger%22",
            &["Maya"],
        ),
        ("urn:ietf:params:scim:schemas:core:2.0:User:userName%20sw%20%22ada%22", &["Ada"]),
        ("title%20ne%20%22Head%22", &["Jonas", "Ada"]),
        ("title%20eq%20null", &["Jonas", "Ada"]),
        ("externalId%20eq%20%22nobody%22", &[]),
        (&by_id, &["Maya"]),
        (&by_moment, &["Jonas", "Ada"]),
    ];
    for (filter, expected) in cases {
        assert_eq!(names(&directory, &format!("filter={filter}")).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn pages_follow_each_other_in_the_order_that_is_asked_for() {
    let directory = Directory::connected().await;
    for name in ["Cleo", "Ada", "Bob", "Dora", "Emil"] {
        directory.person(name).await;
    }
    assert_eq!(names(&directory, "sortBy=userName").await, ["Ada", "Bob", "Cleo", "Dora", "Emil"]);
    assert_eq!(
        names(&directory, "sortBy=name.givenName&sortOrder=descending&count=2").await,
        ["Emil", "Dora"]
    );
    assert_eq!(names(&directory, "sortBy=emails.value&startIndex=3&count=2").await, ["Cleo", "Dora"]);
    for (query, start, items) in [
        ("startIndex=2&count=2", 2, 2),
        ("startIndex=-3&count=2", 1, 2),
        ("startIndex=6", 6, 0),
        ("count=0", 1, 0),
        ("count=-1", 1, 0),
    ] {
        let page = directory.get(&format!("/Users?{query}")).await;
        let length = page["Resources"].as_array().map(Vec::len);
        assert_eq!(page["totalResults"], 5, "{query}");
        assert_eq!(
            (&page["startIndex"], &page["itemsPerPage"], length),
            (&json!(start), &json!(items), Some(items))
        );
    }
}

#[tokio::test]
async fn what_is_shown_is_what_is_asked_for() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let show = async |query: &str| directory.get(&format!("{}?{query}", at(&maya))).await;
    assert_eq!(keys(&show("attributes=userName").await), ["schemas", "id", "userName"]);
    let parts = show("attributes=name.givenName,name.familyName,emails.value").await;
    assert_eq!(parts["name"], json!({"givenName": "Maya", "familyName": "Chen"}));
    assert_eq!(parts["emails"], json!([{"value": "maya@northwind.example"}]));
    let without = show("excludedAttributes=emails,name.familyName,id,nothing").await;
    assert_eq!(without.get("emails"), None);
    assert_eq!(without["name"], json!({"givenName": "Maya"}));
    assert_eq!(without["id"], maya["id"], "always shown");
    let search = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        "attributes": ["displayName"], "filter": "displayName sw \"may\"", "sortBy": "displayName", "count": 10,
    });
    directory.group("Mayors", &[]).await;
    for (path, total) in [("/.search", 2), ("/Users/.search", 1), ("/Groups/.search", 1)] {
        let found = directory.expect(200, "POST", path, Some(&search)).await;
        assert_eq!(found["totalResults"], total, "{path}: {found}");
        assert_eq!(keys(&found["Resources"][0]), ["schemas", "id", "displayName"]);
    }
}
