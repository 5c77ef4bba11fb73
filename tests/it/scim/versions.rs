//! `ETag`, `If-Match`, `If-None-Match`.

use serde_json::{Value, json};
use testkit::http::{Request, Response};

use super::{Directory, at, id, patch};

async fn with(
    directory: &Directory,
    method: &str,
    path: &str,
    header: (&str, &str),
    body: Option<&Value>,
) -> Response {
    let request =
        Request::new(method, &format!("/scim/v2{path}")).bearer(&directory.token).header(header.0, header.1);
    let request = body.map_or_else(|| request.clone(), |body| request.clone().json(body));
    request.send(directory.world.address).await
}

#[tokio::test]
async fn a_change_on_an_older_version_is_refused() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let group = directory.group("Engineers", &[]).await;
    let join = json!([{"op": "add", "path": "members", "value": [{"value": id(&maya)}]}]);
    let title = json!([{"op": "replace", "path": "title", "value": "Head"}]);
    for (resource, operations) in [(&group, join), (&maya, title)] {
        let (path, old) = (at(resource), resource["meta"]["version"].as_str().expect("a version"));
        let read = directory.send("GET", &path, None).await;
        assert_eq!(read.header("etag"), Some(old));
        assert_eq!(with(&directory, "GET", &path, ("if-none-match", old), None).await.status, 304);

        let body = patch(operations);
        let changed = with(&directory, "PATCH", &path, ("if-match", old), Some(&body)).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        let new = changed.header("etag").expect("a version").to_owned();
        assert_ne!(new, old);
        for (method, body) in [("PATCH", Some(&body)), ("PUT", Some(resource)), ("DELETE", None)] {
            let refused = with(&directory, method, &path, ("if-match", old), body).await;
            assert_eq!(refused.status, 412, "{method} {}", refused.text());
        }
        assert_eq!(with(&directory, "GET", &path, ("if-none-match", old), None).await.status, 200);
        let both = format!("\"x\", {new}");
        assert_eq!(with(&directory, "PATCH", &path, ("if-match", &both), Some(&body)).await.status, 200);
        assert_eq!(with(&directory, "DELETE", &path, ("if-match", "*"), None).await.status, 204);
    }
}

/// Said again, nothing is written: the version stays, and so does the revision.
#[tokio::test]
async fn what_is_said_twice_is_written_once() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let before = directory.world.changes("").await.len();
    let again = directory.expect(200, "PUT", &at(&maya), Some(&maya)).await;
    assert_eq!(again["meta"], maya["meta"]);
    assert_eq!(directory.world.changes("").await.len(), before);
}
