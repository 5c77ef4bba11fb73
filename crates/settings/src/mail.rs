//! `[mail]`: how letters to people are sent.

use std::path::PathBuf;

use url::Url;

use crate::connection_url::{self, ConnectionUrl};
use crate::reader::Reader;

/// Settings of mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// `ANSWERABLE_MAIL__SMTP_URL`, `smtps://<user>:<password>@<host>:<port>` or
    /// `smtp://<user>:<password>@<host>:<port>?tls=required`, default empty: letters are put into `drop_dir`.
    pub smtp_url: Option<ConnectionUrl>,
    /// `ANSWERABLE_MAIL__FROM`, default `answerable@localhost`: whom letters are from. A relay mostly takes addresses
    /// of its own domain only.
    pub from: Option<String>,
    /// `ANSWERABLE_MAIL__DROP_DIR`, the directory that letters are put into as files where there is no SMTP. Default
    /// empty: on SQLite `mail` beside the database; on PostgreSQL letters wait until there is a way to send them.
    pub drop_dir: Option<PathBuf>,
}

impl Mail {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let smtp_url = reader.read_masked(
            ("mail", "smtp_url"),
            None,
            "`smtps://<user>:<password>@<host>:<port>` or `smtp://<host>:<port>`, with `?tls=required` for STARTTLS",
            |text| match text {
                "" => Some(None),
                _ => is_smtp(text).then(|| Some(ConnectionUrl::new(text))),
            },
            connection_url::mask,
        );
        let from = reader.read(("mail", "from"), None, "an e-mail address", |text| match text {
            "" => Some(None),
            _ => text.contains('@').then(|| Some(text.to_owned())),
        });
        let drop_dir = reader.read(("mail", "drop_dir"), None, "the path of a directory", |text| {
            let is_path = !text.contains('\0') && !text.contains("://");
            is_path.then(|| Some(text.trim()).filter(|text| !text.is_empty()).map(PathBuf::from))
        });
        Self { smtp_url, from, drop_dir }
    }
}

fn is_smtp(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty())
    })
}
