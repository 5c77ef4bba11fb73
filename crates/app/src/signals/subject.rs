use model::{Snapshot, UserId};
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

/// The people of the directory who are meant: nobody, one, or several who share an address.
///
/// An address links nobody to anything (security.md S1); here it only ends what people have, and ends it for all who
/// have it, which is what whoever sends it wants.
pub fn whom(facts: &Snapshot, subject: &Subject) -> Vec<UserId> {
    match subject {
        Subject::Id(id) => {
            let ours = id.parse().ok().filter(|id| facts.directory_user(*id).is_some());
            let theirs = || facts.directory_user_by_external_id(id).map(|entry| entry.user);
            ours.or_else(theirs).into_iter().collect()
        }
        Subject::IssuerSubject { subject, .. } => {
            facts.directory_user_by_external_id(subject).map(|entry| entry.user).into_iter().collect()
        }
        Subject::Email(email) => {
            let is_theirs = |user: UserId, name: &str| {
                let address = facts.user(user).and_then(|person| person.email.as_deref());
                name.eq_ignore_ascii_case(email)
                    || address.is_some_and(|address| address.eq_ignore_ascii_case(email))
            };
            let entries = facts.list_directory_users(None);
            entries.filter(|entry| is_theirs(entry.user, &entry.user_name)).map(|entry| entry.user).collect()
        }
    }
}
