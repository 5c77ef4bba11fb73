//! npm packages, from a committed lock file.

use std::process::Command;

use super::{is_stamped, say_each};
use crate::failure::Failure;
use crate::{step, tree};

/// Named by platform, because the umbrella package asks for platforms that are not published.
const CERBOS: &str = "@cerbos/cerbos-linux-x64";

/// What must be under `node_modules`, and what for.
const MODULES: [(&str, &str); 9] = [
    ("@modelcontextprotocol/server-everything", "an MCP server of the older protocol, not written here"),
    (CERBOS, "the yardstick of the bench"),
    ("node", "what the certified OpenID provider runs on"),
    ("oidc-provider", "certified OpenID providers that people sign in through"),
    ("jose", "a hostile OpenID provider that mints broken tokens"),
    ("playwright-core", "the hands at Chromium"),
    ("axe-core", "what keeps people from a page"),
    ("html-validate", "the markup of every page"),
    ("lighthouse", "the score of the pages that are opened first"),
];

/// The files npm reads; they are copied next to the modules, so that the tree stays clean.
const FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Installs from `tests/parts/npm` unless what is there was installed from just that.
pub(super) fn install() -> Result<(), Failure> {
    println!("==> parts from npm");
    let source = tree::root().join("tests/parts/npm");
    let home = tree::parts().join("npm");
    let stamp = home.join("installed-from");
    let texts = FILES.map(|name| tree::read(&source.join(name)));
    let mut pins = String::new();
    for (name, text) in FILES.iter().zip(texts) {
        let text = text?;
        tree::write(&home.join(name), &text)?;
        pins.push_str(&text);
    }
    let modules = home.join("node_modules");
    if is_stamped(&stamp, &pins) && MODULES.iter().all(|(name, _)| modules.join(name).is_dir()) {
        say_each("present", &MODULES);
        return Ok(());
    }
    say_each("installing", &MODULES);
    let mut npm = Command::new("npm");
    // The browser is Debian's.
    npm.args(["ci", "--loglevel=error"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").current_dir(&home);
    step::capture(&mut npm)?;
    step::capture(
        Command::new(modules.join(CERBOS).join("cerbos-linux-x64"))
            .arg("--version")
            .env("CERBOS_NO_TELEMETRY", "1"),
    )?;
    tree::write(&stamp, &pins)
}
