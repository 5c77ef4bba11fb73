//! The file with the key-encryption keys.

use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use settings::{DatabaseKind, Settings};
use store::Secrets;

use crate::failure::Failure;
use crate::system;

/// The keys that the settings name. Beside a SQLite file they are made where they are missing.
pub(crate) fn load(settings: &Settings) -> Result<Secrets, Failure> {
    let path = path(settings)?;
    if settings.secrets.key_file.is_none() {
        make_if_missing(&path)?;
    }
    read(&path)
}

/// The keys in a file.
pub(crate) fn read(path: &Path) -> Result<Secrets, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(Failure::io(format!("the key file `{}` cannot be read", path.display())))?;
    let chance = system::world().chance;
    Secrets::parse(&text, Arc::new(move |bytes| chance.fill(bytes)))
        .map_err(|wrong| Failure::Said(format!("the key file `{}`: {wrong}", path.display())))
}

/// Where the keys are, given or by default.
pub(crate) fn path(settings: &Settings) -> Result<PathBuf, Failure> {
    if let Some(path) = &settings.secrets.key_file {
        return Ok(path.clone());
    }
    match settings.database.kind() {
        DatabaseKind::Sqlite => Ok(beside(settings.database.url.expose())),
        DatabaseKind::Postgres => Err(Failure::Said(
            "PostgreSQL needs a key for secrets at rest that every node has: write `openssl rand -hex 32` into a \
             file and name it in ANSWERABLE_SECRETS__KEY_FILE"
                .to_owned(),
        )),
    }
}

/// Whether others than its owner can read the file.
pub(crate) fn is_open_to_others(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

fn beside(url: &str) -> PathBuf {
    let file = url.strip_prefix("sqlite://").unwrap_or(url);
    let file = Path::new(file.split('?').next().unwrap_or(file));
    file.with_file_name("answerable.key")
}

/// Written under another name and linked: no two programs that start together end with different keys, and none reads
/// half a key.
fn make_if_missing(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        return Ok(());
    }
    let doing = || format!("the key file `{}` cannot be made", path.display());
    if let Some(directory) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(directory).map_err(Failure::io(doing()))?;
    }
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)
        .map_err(Failure::io(doing()))?;
    let world = system::world();
    file.write_all(Secrets::new_key(|bytes| world.chance.fill(bytes)).as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(Failure::io(doing()))?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft).map_err(Failure::io(doing()))?;
    match linked {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Failure::io(doing())(error)),
    }
}
