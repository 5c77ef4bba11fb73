use serde_json::{Map, Value};

/// Who is meant, as a subject identifier says it (RFC 9493).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// By an id: ours, or the directory's own.
    Id(String),
    /// By the issuer and the subject of a sign-in.
    IssuerSubject {
        /// The issuer.
        issuer: String,
        /// Who, to the issuer.
        subject: String,
    },
    /// By an e-mail address.
    Email(String),
}

/// Reads a subject identifier, or says what is wrong with it.
pub fn read_subject(value: &Value) -> Result<Subject, String> {
    let Value::Object(object) = value else { return Err("expected a subject identifier".to_owned()) };
    let text = |name: &str| text(object, name).ok_or_else(|| format!("`{name}` is needed"));
    match object.get("format").and_then(Value::as_str) {
        Some("opaque") => Ok(Subject::Id(text("id")?)),
        Some("iss_sub") => Ok(Subject::IssuerSubject { issuer: text("iss")?, subject: text("sub")? }),
        Some("email") => Ok(Subject::Email(text("email")?)),
        Some("account") => match text("uri")?.strip_prefix("acct:") {
            Some(email) => Ok(Subject::Email(email.to_owned())),
            None => Err("`uri` has to begin with `acct:`".to_owned()),
        },
        // Who is meant beside the device, the session or the tenant they were at.
        Some("complex") => {
            object.get("user").ok_or_else(|| "`user` is needed".to_owned()).and_then(read_subject)
        }
        _ => Err("`format` has to be `iss_sub`, `opaque`, `email`, `account` or `complex`".to_owned()),
    }
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name)?.as_str().filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}
