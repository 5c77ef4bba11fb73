use std::net::TcpListener;
use std::path::Path;

use settings::{DatabaseKind, Settings};
use store::Store;

use crate::failure::Failure;
use crate::{assembly, secrets};

/// Checks everything that can be checked without changing anything, and says of each what it found.
pub(crate) async fn run(config: Option<&Path>) -> Result<(), Failure> {
    let mut findings = Findings::default();
    let settings = match Settings::from_environment(config) {
        Ok(settings) => settings,
        Err(mistakes) => {
            findings.bad("settings", &mistakes.to_string());
            return findings.conclude();
        }
    };
    findings.good("settings", "every setting is understood");
    database(&settings, &mut findings).await;
    listener(&settings, &mut findings);
    if settings.redis.url.is_some() {
        findings.good("redis", "set, and not used by this version");
    }
    findings.conclude()
}

async fn database(settings: &Settings, findings: &mut Findings) {
    let url = &settings.database.url;
    if settings.database.kind() == DatabaseKind::Sqlite && !file_exists(url.expose()) {
        findings.good("database", &format!("{url} is not there yet; `serve` and `migrate up` create it"));
        return;
    }
    let store = match assembly::open_unsealed(settings, url).await {
        Ok(store) => store,
        Err(failure) => return findings.bad("database", &format!("{url}: {failure}")),
    };
    findings.good("database", &format!("{url} answers"));
    match store.pending().await {
        Ok(pending) if pending.is_empty() => findings.good("schema", "up to date"),
        Ok(pending) => {
            findings.bad("schema", &format!("lacks {}; run `answerable migrate up`", pending.join(", ")));
        }
        Err(error) => return findings.bad("schema", &error.to_string()),
    }
    match store.isolation_gaps().await {
        Ok(gaps) if gaps.is_empty() => {
            let said = match settings.database.kind() {
                DatabaseKind::Sqlite => "one file; the program itself keeps organizations apart",
                DatabaseKind::Postgres => "row-level security binds this role",
            };
            findings.good("isolation", said);
        }
        Ok(gaps) => gaps.iter().for_each(|gap| findings.bad("isolation", gap)),
        Err(error) => findings.bad("isolation", &error.to_string()),
    }
    sealing(settings, store, findings).await;
}

/// Whether the keys for the secrets at rest are there, are the right ones, and are nobody else's to read.
async fn sealing(settings: &Settings, store: Store, findings: &mut Findings) {
    let path = match secrets::path(settings) {
        Ok(path) => path,
        Err(failure) => return findings.bad("secrets", &failure.to_string()),
    };
    let shown = path.display();
    if settings.secrets.key_file.is_none() && !path.exists() {
        return findings.good("secrets", &format!("{shown} is not there yet; `serve` makes it"));
    }
    match secrets::read(&path) {
        Err(failure) => findings.bad("secrets", &failure.to_string()),
        Ok(_) if secrets::is_open_to_others(&path) => {
            findings.bad("secrets", &format!("{shown} can be read by others; `chmod 600 {shown}`"));
        }
        Ok(secrets) => match store.with_secrets(secrets).check_data_keys().await {
            Ok(()) => findings.good("secrets", &format!("{shown} opens every organization's data key")),
            Err(error) => findings.bad("secrets", &format!("{shown}: {error}")),
        },
    }
}

/// Whether the file of a SQLite URL is there. Opening it would create it.
fn file_exists(url: &str) -> bool {
    let path = url.strip_prefix("sqlite://").unwrap_or(url);
    Path::new(path.split('?').next().unwrap_or(path)).exists()
}

fn listener(settings: &Settings, findings: &mut Findings) {
    let listen = settings.server.listen;
    match TcpListener::bind(listen) {
        Ok(_) => findings.good("listen", &format!("{listen} is free")),
        Err(error) => findings.bad(
            "listen",
            &format!("{listen}: {error}. If that is this program running already, all is well; otherwise choose another address"),
        ),
    }
}

#[derive(Default)]
struct Findings {
    bad: usize,
}

impl Findings {
    #[expect(clippy::unused_self, reason = "reads beside `bad`")]
    fn good(&self, what: &str, said: &str) {
        println!("ok    {what}: {said}");
    }

    fn bad(&mut self, what: &str, said: &str) {
        self.bad += 1;
        println!("MEND  {what}: {said}");
    }

    fn conclude(self) -> Result<(), Failure> {
        match self.bad {
            0 => Ok(()),
            n => Err(Failure::Said(format!("{n} to mend"))),
        }
    }
}
