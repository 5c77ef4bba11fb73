//! Tables: every field with what it takes and what it refuses, and how the three sources meet.

use std::io;

use super::*;

fn no_files(_: &str) -> io::Result<String> {
    Err(io::ErrorKind::NotFound.into())
}

fn from_env(env: &[(&str, &str)]) -> Result<Settings, Mistakes> {
    Settings::load(None, owned(env), no_files)
}

fn owned(env: &[(&str, &str)]) -> Vec<(String, String)> {
    env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn mistakes(result: Result<Settings, Mistakes>) -> Vec<Mistake> {
    result.expect_err("a mistake must be found").0
}

/// The value, good or bad, that each field is tried with.
#[rustfmt::skip]
const FIELDS: &[(&str, &str, &[&str], &[&str])] = &[
    ("database", "url",
        &["sqlite://x.sqlite", "sqlite:///var/lib/x.sqlite?mode=rwc", "sqlite://data dir/x.sqlite?mode=rw",
          "postgres://u:p@h/d", "postgresql://h/d", "postgres://u@h:5433/d?sslmode=require", "postgres:///d?host=/run/pg"],
        &["", "x.sqlite", "sqlite:x", "sqlite://", "sqlite::memory:", "sqlite://:memory:", "sqlite://x?mode=memory",
          "sqlite://x?mode=ro", "mysql://u:p@h/d", "postgres:///d", "postgres://", "http://h/d"]),
    ("database", "max_connections", &["1", "500"], &["0", "501", "-1", "many", "1.5", ""]),
    ("database", "owner_url", &["", "postgres://owner:p@h/d"], &["sqlite://x.sqlite", "owner", "postgres://"]),
    ("server", "listen", &["0.0.0.0:80", "[::1]:8400"], &["localhost:8400", "127.0.0.1", ":8400", "1.2.3.4:70000", ""]),
    ("server", "public_url",
        &["https://answerable.example", "http://h:8400/"],
        &["answerable.example", "ftp://h", "https://h/path", "https://h/?q=1", "https://h/#f", "https://u@h", "/", ""]),
    ("server", "role", &["all", "admin", "enforcement"], &["ALL", "gateway", ""]),
    ("server", "max_body_bytes", &["1024", "16777216"], &["1023", "16777217", "1MiB", ""]),
    ("server", "workers", &["0", "1024"], &["-1", "1025", "two"]),
    ("server", "trusted_proxies", &["", "127.0.0.1", "10.0.0.0/8, fd00::/8,::1"], &["proxy", "10.0.0.0/33", "127.0.0.1,", "127.0.0.1:80"]),
    ("metrics", "listen", &["", "0.0.0.0:9464"], &["off", "9464"]),
    ("enforcement", "lease_ms", &["1001", "60000"], &["199", "60001", "2s"]),
    ("enforcement", "renew_ms", &["20", "999"], &["19", "30001", "1000", "0"]),
    ("enforcement", "recorder_batch", &["1", "1000"], &["0", "1001"]),
    ("enforcement", "node_name", &["a", "node-10", "0123456789012345678901234567890123456789"],
        &["", "Node", "a_b", "ä", "01234567890123456789012345678901234567890"]),
    ("egress", "allow",
        &["", "127.0.0.1:3901", "mcp.internal:80, 10.0.0.0/8,fd00::/8", "[::1]:3901"],
        &["mcp.internal", "10.0.0.1", "host:0", "host:", ":80", "10.0.0.0/33", "a:1,,b:2", "https://h:1", "a b:1"]),
    ("dns", "resolver", &["", "127.0.0.1:53", "[::1]:5353"], &["127.0.0.1", "resolver:53", "53", "1.1.1.1:0x"]),
    ("log", "format", &["text", "json"], &["JSON", "yaml", ""]),
    ("log", "filter", &["warn", "info,store=debug", "sqlx::query=off"], &["", "inof", "store=loud", "info,"]),
    ("redis", "url", &["", "redis://h:6379", "rediss://u:p@h/0"], &["h:6379", "http://h", "redis://", "redis:h"]),
    ("secrets", "key_file", &["", "/etc/answerable/keys", "data/answerable.key"], &["https://h/key", "a\0b"]),
    ("organizations", "sign_up", &["open", "invitation", "closed"], &["", "OPEN", "invite"]),
    ("organizations", "undo_days", &["1", "365"], &["0", "366", "a month"]),
    ("mail", "smtp_url", &["", "smtps://u:p@h:465", "smtp://h:25", "smtp://u:p@h:587?tls=required"], &["h:25", "http://h"]),
    ("mail", "from", &["", "answerable@example.com"], &["nobody"]),
    ("mail", "drop_dir", &["", "/var/spool/answerable"], &["smtp://h"]),
    ("limits", "calls_per_second", &["0", "1000000"], &["-1", "1000001", "many"]),
    ("limits", "requests_per_second", &["0", "50"], &["-1", ""]),
    ("limits", "agents", &["0", "10000"], &["-1", ""]),
    ("limits", "exceptions",
        &["", "01890a5d-ac96-774b-bcce-b302099a8057/calls_per_second=5000",
          "01890a5d-ac96-774b-bcce-b302099a8057/agents=0, 01890a5d-ac96-774b-bcce-b302099a8057/requests_per_second=9"],
        &["northwind/agents=1", "01890a5d-ac96-774b-bcce-b302099a8057/keys=1", "01890a5d-ac96-774b-bcce-b302099a8057/agents"]),
    ("limits", "sign_ins_per_minute", &["0", "300"], &["-1", ""]),
    ("limits", "sign_ups_per_hour", &["0", "20"], &["-1", ""]),
    ("passwords", "breach_ranges_url", &["", "https://api.pwnedpasswords.com/range/", "http://127.0.0.1:8080"],
        &["api.pwnedpasswords.com", "ftp://a.example/", "https://a.example/?q="]),
    ("sign_in", "refresh_seconds", &["0", "1", "43200"], &["-1", "43201", "10m", ""]),
];

#[test]
fn the_table_holds_every_field() {
    let table: Vec<(&str, &str)> = FIELDS.iter().map(|(section, field, ..)| (*section, *field)).collect();
    let known: Vec<(&str, &str)> = fields::SECTIONS
        .iter()
        .flat_map(|(section, names)| names.iter().map(move |name| (*section, *name)))
        .collect();
    assert_eq!(table, known);
}

#[test]
fn every_field_takes_and_refuses_what_it_should() {
    for (section, field, good, bad) in FIELDS {
        let variable = fields::variable(section, field);
        for value in *good {
            let read = from_env(&[(variable.as_str(), *value)]);
            assert!(read.is_ok(), "{variable}={value:?}: {}", read.unwrap_err());
        }
        for value in *bad {
            let found = mistakes(from_env(&[(variable.as_str(), *value)]));
            assert_eq!(found.len(), 1, "{variable}={value:?}: {found:?}");
            assert_eq!(found[0].field, format!("{section}.{field}"), "{variable}={value:?}");
        }
    }
}

#[test]
fn values_arrive_where_they_belong() {
    let text = r#"
        [database]
        url = "postgres://app:pw@db.internal/answerable"
        max_connections = 40
        [server]
        listen = "0.0.0.0:9000"
        public_url = "https://Answerable.Example:443/"
        role = "enforcement"
        max_body_bytes = 65536
        workers = 3
        trusted_proxies = ["127.0.0.1", "10.0.0.0/8"]
        [metrics]
        listen = ""
        [enforcement]
        lease_ms = 3000
        renew_ms = 700
        recorder_batch = 64
        node_name = "eu-1"
        [egress]
        allow = ["MCP.internal:80", "10.0.0.0/8"]
        [dns]
        resolver = "10.0.0.2:53"
        [log]
        format = "json"
        filter = "debug"
        [redis]
        url = "rediss://cache"
    "#;
    let read = Settings::load(Some(("a.toml", text)), [], no_files).unwrap();
    assert_eq!(read.database.url.expose(), "postgres://app:pw@db.internal/answerable");
    assert_eq!(read.database.kind(), DatabaseKind::Postgres);
    assert_eq!(read.database.max_connections, 40);
    let server = Server {
        listen: "0.0.0.0:9000".parse().unwrap(),
        public_url: "https://answerable.example".to_owned(),
        role: Role::Enforcement,
        max_body_bytes: 65536,
        workers: 3,
        trusted_proxies: vec!["127.0.0.1/32".parse().unwrap(), "10.0.0.0/8".parse().unwrap()],
    };
    assert_eq!(read.server, server);
    assert_eq!(read.metrics.listen, None);
    assert_eq!(
        read.enforcement,
        Enforcement { lease_ms: 3000, renew_ms: 700, recorder_batch: 64, node_name: "eu-1".to_owned() }
    );
    let allow: Vec<String> = read.egress.allow.iter().map(ToString::to_string).collect();
    assert_eq!(allow, ["mcp.internal:80", "10.0.0.0/8"]);
    assert_eq!(read.dns.resolver, Some("10.0.0.2:53".parse().unwrap()));
    assert_eq!(read.log, Log { format: LogFormat::Json, filter: "debug".to_owned() });
    assert_eq!(read.redis.url.unwrap().expose(), "rediss://cache");
}

#[test]
fn nothing_given_gives_the_defaults() {
    let read = from_env(&[("HOME", "/root"), ("PATH", "/bin")]).unwrap();
    assert_eq!(read, Settings::default());
    assert_eq!(read.database.kind(), DatabaseKind::Sqlite);
    assert_eq!(read.database.url.expose(), "sqlite://data/answerable.sqlite?mode=rwc");
}

#[test]
fn the_defaults_are_themselves_valid() {
    let default = Settings::default();
    let url = default.database.url.expose();
    let listen = default.server.listen.to_string();
    let renew = default.enforcement.renew_ms.to_string();
    let env = [
        ("ANSWERABLE_DATABASE__URL", url),
        ("ANSWERABLE_SERVER__LISTEN", listen.as_str()),
        ("ANSWERABLE_SERVER__PUBLIC_URL", default.server.public_url.as_str()),
        ("ANSWERABLE_ENFORCEMENT__RENEW_MS", renew.as_str()),
        ("ANSWERABLE_LOG__FILTER", default.log.filter.as_str()),
    ];
    assert_eq!(from_env(&env).unwrap(), default);
}

#[test]
fn environment_wins_over_file_and_file_over_default() {
    let text = "[server]\nworkers = 2\nlisten = \"127.0.0.1:1\"";
    let env = owned(&[("ANSWERABLE_SERVER__WORKERS", "7")]);
    let read = Settings::load(Some(("a.toml", text)), env, no_files).unwrap();
    assert_eq!(read.server.workers, 7);
    assert_eq!(read.server.listen.port(), 1);
    assert_eq!(read.server.role, Role::All);
}

#[test]
fn a_file_named_by_the_environment_holds_the_value() {
    let read_file = |path: &str| match path {
        "/run/secrets/url" => Ok("postgres://u:p@h/d\n".to_owned()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    let load = |env: &[(&str, &str)]| {
        Settings::load(Some(("a.toml", "[database]\nurl = \"sqlite://x\"")), owned(env), read_file)
    };
    let read = load(&[("ANSWERABLE_DATABASE__URL_FILE", "/run/secrets/url")]).unwrap();
    assert_eq!(read.database.url.expose(), "postgres://u:p@h/d");

    let found = mistakes(load(&[("ANSWERABLE_REDIS__URL_FILE", "/nowhere")]));
    assert_eq!(
        found[0].to_string(),
        "`redis.url` (ANSWERABLE_REDIS__URL_FILE): got `/nowhere: entity not found`, \
         expected the path of a file that can be read"
    );
    let both =
        [("ANSWERABLE_DATABASE__URL", "sqlite://x"), ("ANSWERABLE_DATABASE__URL_FILE", "/run/secrets/url")];
    assert_eq!(mistakes(load(&both)).len(), 1);
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let text = "[server]\nworkers = true\nport = 1\n[sever]\nlisten = \"x\"\n[log]\nformat = \"xml\"";
    let env = owned(&[
        ("ANSWERABLE_DATABASE__MAX_CONNECTIONS", "none"),
        ("ANSWERABLE_DATABASE__URI", "sqlite://x"),
        ("ANSWERABLE_ENFORCEMENT__LEASE_MS", "800"),
        ("ANSWERABLE_DATABASE_URL", "sqlite://x"),
        ("ANSWERABLE_NOPE__URL", "x"),
    ]);
    let error = Settings::load(Some(("a.toml", text)), env, no_files).unwrap_err();
    let places: Vec<(&str, &str)> =
        error.0.iter().map(|mistake| (mistake.field.as_str(), mistake.origin.as_str())).collect();
    let expected = [
        ("log.format", "a.toml"),
        ("server.workers", "a.toml"),
        ("server.port", "a.toml"),
        ("sever", "a.toml"),
        ("ANSWERABLE_DATABASE_URL", "environment"),
        ("ANSWERABLE_DATABASE__URI", "environment"),
        ("ANSWERABLE_NOPE__URL", "environment"),
        ("database.max_connections", "ANSWERABLE_DATABASE__MAX_CONNECTIONS"),
        ("enforcement.renew_ms", "default"),
    ];
    let sorted = |mut places: Vec<(&'static str, &'static str)>| {
        places.sort_unstable();
        places
    };
    let mut places = places;
    places.sort_unstable();
    assert_eq!(places, sorted(expected.to_vec()));
    let shown = error.to_string();
    assert!(shown.starts_with("9 mistakes in the configuration:\n  - "), "{shown}");
    assert_eq!(shown.lines().count(), 10, "{shown}");
}

#[test]
fn what_the_demo_prints_may_stay_exported() {
    let env = [
        ("ANSWERABLE_URL", "http://127.0.0.1:8400"),
        ("ANSWERABLE_AGENT_KEY", "ans_ak_x"),
        ("ANSWERABLE_SIGN_IN_LINK", "x"),
    ];
    assert_eq!(from_env(&env).unwrap(), Settings::default());
}

#[test]
fn a_broken_file_is_named_with_its_line_and_without_its_text() {
    let text = "[database]\nurl = postgres://u:hunter2@h/d\n";
    let found = mistakes(Settings::load(Some(("a.toml", text)), [], no_files));
    assert_eq!((found[0].field.as_str(), found[0].origin.as_str()), ("a.toml", "line 2"));
    assert!(!found[0].to_string().contains("hunter2"), "{}", found[0]);
    let found = mistakes(Settings::load(Some(("a.toml", "server = 1")), [], no_files));
    assert_eq!(found[0].expected, "a section `[server]`");
}

#[test]
fn secrets_are_never_shown() {
    let secret = "hunter2";
    let wrong = [
        "mysql://u:hunter2@h/d",
        "postgres:u:hunter2@h/d",
        "postgres//u:hunter2@h/d",
        "u:hunter2@h/d",
        "host=h password=hunter2",
        "hunter2",
        "http://h/d?sslmode=x&password=hunter2",
        "mysql://u:12/hunter2@h/d",
        "mysql://u:12#hunter2@h/d",
        "mysql://u:1?hunter2@h/d",
    ];
    for value in wrong {
        for name in ["ANSWERABLE_DATABASE__URL", "ANSWERABLE_REDIS__URL"] {
            let error = from_env(&[(name, value)]).unwrap_err();
            assert!(!format!("{error} {error:?}").contains(secret), "{value}: {error}");
        }
    }
    let misplaced = from_env(&[("ANSWERABLE_DATABASE__URL_FILE", "postgres://u:hunter2@h/d")]).unwrap_err();
    assert!(!misplaced.to_string().contains(secret), "{misplaced}");

    let right = from_env(&[
        ("ANSWERABLE_DATABASE__URL", "postgres://u:hunter2@h/d?password=hunter2"),
        ("ANSWERABLE_REDIS__URL", "redis://:hunter2@h"),
    ])
    .unwrap();
    let shown = format!("{right:?} {}", right.database.url);
    assert!(!shown.contains(secret), "{shown}");
    assert!(shown.contains("postgres://u:****@h/d?password=****"), "{shown}");
}

#[test]
fn the_real_environment_and_a_real_file_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answerable.toml");
    std::fs::write(&path, "[enforcement]\nnode_name = \"from-a-file\"\n").unwrap();
    let read = Settings::from_environment(Some(&path)).unwrap();
    assert_eq!(read.enforcement.node_name, "from-a-file");
    let missing = Settings::from_environment(Some(&folder.path().join("none.toml")));
    assert_eq!(mistakes(missing)[0].expected, "a TOML file that can be read");
}
