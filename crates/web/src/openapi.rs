use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::get;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa::OpenApi as _;
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
    document
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
