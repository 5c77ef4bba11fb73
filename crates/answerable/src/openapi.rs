use crate::failure::Failure;

/// Prints the OpenAPI 3.1 document of the API.
pub(crate) fn run() -> Result<(), Failure> {
    let text = web::openapi().to_pretty_json().map_err(|error| Failure::Said(error.to_string()))?;
    println!("{text}");
    Ok(())
}
