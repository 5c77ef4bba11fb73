use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::Data;
use utoipa::OpenApi as _;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_actix_web::AppExt;

/// The OpenAPI 3.1 document, collected from the very handlers that are mounted.
pub fn openapi() -> OpenApi {
    let (_, mut document) =
        actix_web::App::new().into_utoipa_app().openapi(base()).configure(crate::mount).split_for_parts();
    document.merge(crate::gateways::GatewaysApi::openapi());
    // Collecting drops what was given where the handlers bring their own.
    let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let components = document.components.get_or_insert_with(Components::new);
    components.security_schemes.insert("key".to_owned(), scheme.into());
    name_operations(&mut document);
    document
}

/// Puts the tag before each operation's id. Handlers are called after their verb alone, and generators of clients
/// make functions of the ids, which have to be unique.
fn name_operations(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        let methods = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in methods.into_iter().flatten() {
            let tag = operation.tags.iter().flatten().next();
            if let (Some(tag), Some(id)) = (tag, &operation.operation_id) {
                operation.operation_id = Some(format!("{tag}_{id}"));
            }
        }
    }
}

fn base() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Answerable")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Gives every AI agent an identity of its own and a person who answers for it."));
    OpenApiBuilder::new().info(info.build()).build()
}

/// The document in text, made once.
#[derive(Debug, Clone)]
pub struct Document(pub String);

/// The OpenAPI 3.1 document of this very program.
#[utoipa::path(tag = "operations", responses((status = 200, description = "OpenAPI 3.1")))]
#[get("/openapi.json")]
pub async fn openapi_json(document: Data<Document>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(document.0.clone())
}
