//! Ends what a test process leaves behind.
//!
//! A static is not dropped when a test binary exits, and nothing is dropped when it is killed. So
//! one small shell, started with the first component, holds the other end of a pipe: when the test
//! process is gone, however it went, the pipe closes and the shell ends the processes still listed
//! and removes the directories.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Reads `watch ID`, `forget ID` and `remove DIRECTORY`, one to a line, until the pipe closes.
/// SIGINT is PostgreSQL's fast shutdown and an ordinary end for the others.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
live=
while read -r verb what; do
  case $verb in
    watch) live="$live $what" ;;
    forget) kept=; for id in $live; do [ "$id" = "$what" ] || kept="$kept $id"; done; live=$kept ;;
    remove) set -- "$@" "$what" ;;
  esac
done
for id in $live; do kill -INT "$id"; kill -CONT "$id"; done
tries=0
for id in $live; do
  while kill -0 "$id" && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
  kill -KILL "$id"
done
rm -rf -- "$@"
"#;

/// Asks for a process to be ended with this one.
pub(crate) fn watch(id: u32) {
    tell(&format!("watch {id}\n"));
}

/// Takes a process off the list; must come before it is waited for, or its number may be reused.
pub(crate) fn forget(id: u32) {
    tell(&format!("forget {id}\n"));
}

/// Asks for a directory to be removed at the end.
pub(crate) fn remove(directory: &Path) {
    tell(&format!("remove {}\n", directory.display()));
}

fn tell(line: &str) {
    static GUARDIAN: OnceLock<Mutex<Child>> = OnceLock::new();
    let guardian = GUARDIAN.get_or_init(|| Mutex::new(start()));
    let mut guardian = guardian.lock().unwrap_or_else(PoisonError::into_inner);
    let pipe = guardian.stdin.as_mut().expect("the pipe asked for");
    pipe.write_all(line.as_bytes()).expect("the guardian reads as long as its pipe is open");
}

/// In a process group of its own, so that Ctrl-C on the tests does not end it first.
fn start() -> Child {
    let mut shell = Command::new("sh");
    shell.args(["-c", SCRIPT]).process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().expect("a shell")
}
