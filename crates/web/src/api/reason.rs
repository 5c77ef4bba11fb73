use serde::Deserialize;
use utoipa::ToSchema;

/// Why something is done, kept in the evidence.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReasonBody {
    /// In the words of whoever does it; at most 500 characters.
    pub reason: String,
}
