use actix_web::HttpResponse;
use actix_web::web::Data;
use app::App;
use serde_json::{Value, json};

use super::unfiltered;
use crate::scim::MAX_BODY_BYTES;
use crate::scim::answer::Answer;
use crate::scim::bulk::MAX_OPERATIONS;
use crate::scim::call::Call;
use crate::scim::list::MAX_RESULTS;

/// `GET /ServiceProviderConfig`
pub(in crate::scim) async fn config(app: Data<App>, call: Call) -> HttpResponse {
    let work = async {
        unfiltered(&call)?;
        Ok(Answer::document(document(&call.directory.base)))
    };
    call.answer(&app, work).await
}

fn document(base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": {"supported": true},
        "bulk": {
            "supported": true,
            "maxOperations": MAX_OPERATIONS,
            "maxPayloadSize": MAX_BODY_BYTES,
        },
        "filter": {"supported": true, "maxResults": MAX_RESULTS},
        "changePassword": {"supported": false},
        "sort": {"supported": true},
        "etag": {"supported": true},
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Directory key",
            "description": "The key of the organization's directory (ans_sc_…) as a bearer token.",
            "primary": true,
        }],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": format!("{base}/ServiceProviderConfig"),
        },
    })
}
