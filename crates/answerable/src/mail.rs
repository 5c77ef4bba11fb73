//! Sending the letters that wait: through the operator's relay, or into a directory.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use enforcement::World;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use settings::{DatabaseKind, Settings};
use store::{DueLetter, Letter, Store};
use tokio::sync::watch;

use crate::failure::Failure;

/// How often it is looked for letters: a person waits for theirs.
const EVERY: Duration = Duration::from_secs(2);
/// So many are sent before it is looked again.
const AT_ONCE: u64 = 50;
/// After each try, in minutes: a relay that is down comes back within hours, and an invitation lasts days.
const PAUSES_MINUTES: [i64; 8] = [1, 5, 15, 60, 180, 360, 720, 1440];
/// Whom letters are from where nothing is set.
const FROM: &str = "answerable@localhost";

/// Where letters go.
enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Directory(PathBuf),
}

/// Sends what waits.
pub(crate) struct Mailer {
    way: Way,
    from: Mailbox,
}

impl Mailer {
    /// The mailer that the settings describe. None: there is no way to send anything, and letters wait.
    pub(crate) fn of(settings: &Settings) -> Result<Option<Self>, Failure> {
        let from = settings.mail.from.as_deref().unwrap_or(FROM);
        let from = from.parse().map_err(|_| Failure::Said(format!("mail.from: `{from}` is no address")))?;
        let way = match (&settings.mail.smtp_url, directory(settings)) {
            (Some(url), _) => {
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose());
                let transport =
                    transport.map_err(|error| Failure::Said(format!("mail.smtp_url: {url}: {error}")))?;
                Way::Smtp(Box::new(transport.build()))
            }
            (None, Some(directory)) => Way::Directory(directory),
            (None, None) => return Ok(None),
        };
        Ok(Some(Self { way, from }))
    }

    async fn send(&self, due: &DueLetter, letter: &Letter) -> Result<(), String> {
        match &self.way {
            Way::Directory(directory) => {
                let name = directory.join(format!("{}.eml", due.id));
                drop_file(&name, letter).map_err(|error| format!("{}: {error}", name.display()))
            }
            Way::Smtp(transport) => {
                let to: Mailbox = letter.to.parse().map_err(|_| "the address cannot be read".to_owned())?;
                let message = Message::builder()
                    .from(self.from.clone())
                    .to(to)
                    .subject(&letter.subject)
                    .header(ContentType::TEXT_PLAIN)
                    .body(letter.text.clone())
                    .map_err(|error| error.to_string())?;
                transport.send(message).await.map(drop).map_err(|error| error.to_string())
            }
        }
    }
}

/// Where letters are put: as set, or beside the file of SQLite.
fn directory(settings: &Settings) -> Option<PathBuf> {
    if let Some(directory) = &settings.mail.drop_dir {
        return Some(directory.clone());
    }
    if settings.database.kind() == DatabaseKind::Postgres {
        return None;
    }
    let url = settings.database.url.expose();
    let file = url.strip_prefix("sqlite://").unwrap_or(url);
    Some(Path::new(file.split('?').next().unwrap_or(file)).with_file_name("mail"))
}

/// For its owner's eyes: it holds the secret of a link.
fn drop_file(name: &Path, letter: &Letter) -> std::io::Result<()> {
    if let Some(directory) = name.parent() {
        std::fs::create_dir_all(directory)?;
    }
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(name)?;
    write!(file, "To: {}\nSubject: {}\n\n{}", letter.to, letter.subject, letter.text)?;
    file.sync_all()
}

/// Sends what is due until told to stop. What fails is tried again later; what fails for days is given up.
pub(crate) async fn keep_sending(
    store: Store,
    mailer: Mailer,
    world: World,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        if let Err(error) = send_due(&store, &mailer, &world).await {
            tracing::debug!(%error, "letters cannot be read");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => return,
        }
    }
}

async fn send_due(store: &Store, mailer: &Mailer, world: &World) -> Result<(), store::StoreError> {
    for due in store.due_letters(world.now(), AT_ONCE).await? {
        let tries = usize::try_from(due.tries).unwrap_or(usize::MAX);
        let (Some(letter), Some(pause)) = (&due.letter, PAUSES_MINUTES.get(tries)) else {
            tracing::error!(organization.id = %due.organization, letter.id = %due.id, "a letter is given up");
            store.drop_letter(due.organization, due.id).await?;
            continue;
        };
        // Taken before it is sent: of several nodes one sends it, and a crash half-way sends it again later.
        let again = world.now() + TimeDelta::minutes(*pause);
        if !store.take_letter(&due, again).await? {
            continue;
        }
        match mailer.send(&due, letter).await {
            Ok(()) => store.drop_letter(due.organization, due.id).await?,
            Err(failure) => {
                tracing::warn!(organization.id = %due.organization, letter.id = %due.id, failure, "a letter could not be sent; it is tried again");
            }
        }
    }
    Ok(())
}
