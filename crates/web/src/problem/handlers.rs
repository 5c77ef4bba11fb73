use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError};
use actix_web::{HttpRequest, web};

use crate::problem::{Code, Problem};

/// For `JsonConfig::error_handler`.
pub fn json_error(error: JsonPayloadError, _: &HttpRequest) -> actix_web::Error {
    let code = match error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => Code::TooLarge,
        JsonPayloadError::ContentType => Code::UnsupportedMediaType,
        _ => Code::Malformed,
    };
    let problem = Problem::new(code);
    // The reader's words name fields and positions and none of what was sent besides them.
    match error {
        JsonPayloadError::Deserialize(cause) => problem.detail(format!("Not as expected: {cause}.")),
        _ => problem,
    }
    .into()
}

/// For `PathConfig::error_handler`: an address that cannot be read leads nowhere.
pub fn path_error(_: PathError, _: &HttpRequest) -> actix_web::Error {
    Problem::new(Code::NotFound).into()
}

/// For `QueryConfig::error_handler`.
#[expect(clippy::needless_pass_by_value, reason = "the signature that the configuration takes")]
pub fn query_error(error: QueryPayloadError, _: &HttpRequest) -> actix_web::Error {
    Problem::new(Code::Malformed).detail(format!("The query is not as expected: {error}.")).into()
}

/// The default service: there is nothing at that address.
pub async fn not_found() -> Result<(), Problem> {
    Err(Code::NotFound.into())
}

/// The default service of an address that takes only the given methods, as `Allow` writes them.
pub fn method_not_allowed(methods: &'static str) -> actix_web::Route {
    web::to(move || async move { Err::<(), _>(Problem::new(Code::MethodNotAllowed).allowing(methods)) })
}
