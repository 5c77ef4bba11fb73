//! nginx, with `auth_request`.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use super::{Gateway, Wiring};
use crate::directory::Directory;
use crate::{paths, ports};

/// Starts nginx on `deploy/nginx/answerable.conf`, inside the least that nginx needs around it.
pub fn nginx(wiring: &Wiring<'_>) -> Gateway {
    let (files, listen) = (Directory::new(), ports::loopback(ports::free()));
    let site = wiring.render("nginx/answerable.conf", listen, &files);
    run(&site, listen, files)
}

/// The same on a configuration of the caller's, which says where it listens.
pub fn nginx_on(site: &str, listen: SocketAddr) -> Gateway {
    let files = Directory::new();
    let file = files.join("answerable.conf");
    fs::write(&file, site).expect("a file in our own directory");
    run(&file, listen, files)
}

fn run(site: &Path, listen: SocketAddr, files: Directory) -> Gateway {
    let home = files.path().display();
    // The workers of a root process must be able to enter our directory, so they stay root; for
    // any other user nginx ignores the line.
    let around = format!(
        "daemon off; pid {home}/pid; error_log stderr; worker_processes 1; user root;
         events {{}}
         http {{
             access_log off;
             client_body_temp_path {home}/body; proxy_temp_path {home}/proxy;
             fastcgi_temp_path {home}/fastcgi; uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
             include {};
         }}",
        site.display()
    );
    let configuration = files.join("nginx.conf");
    fs::write(&configuration, around).expect("a file in our own directory");
    let mut command = Command::new(paths::program("nginx"));
    command.arg("-p").arg(files.path()).arg("-c").arg(&configuration).args(["-e", "stderr"]);
    Gateway::start("nginx", &mut command, listen, files)
}
