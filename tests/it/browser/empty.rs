//! A program on which nobody has started yet.

use std::time::Duration;

use testkit::answerable::Program;
use testkit::directory::Directory;

use crate::world::sqlite;

/// It, with its empty database. Both end with this.
#[derive(Debug)]
pub(crate) struct Empty {
    /// The whole address where somebody sets it up.
    pub(crate) link: String,
    /// The program.
    pub(crate) program: Program,
    _data: Directory,
}

impl Empty {
    /// Starts one, and reads the link that it prints.
    pub(crate) fn start() -> Self {
        let data = Directory::new();
        let mut program = Program::serve(&[("ANSWERABLE_DATABASE__URL", &sqlite(data.path()))]);
        let link = |said: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SET_UP_LINK="));
            line.map(ToOwned::to_owned)
        };
        program.child.wait_ready(Duration::from_secs(30), |child| link(&child.stdout()).is_some());
        let link = link(&program.child.stdout()).expect("the link that it waited for");
        Self { link, program, _data: data }
    }
}
