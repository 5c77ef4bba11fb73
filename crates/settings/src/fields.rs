//! The names of all settings: one table, so that a misspelled name can be told from a real one.

/// What every environment variable of this program begins with.
pub(crate) const PREFIX: &str = "ANSWERABLE_";

/// Every section with its fields, in the order of `Settings`.
pub(crate) const SECTIONS: &[(&str, &[&str])] = &[
    ("database", &["url", "max_connections", "owner_url"]),
    ("server", &["listen", "public_url", "role", "max_body_bytes", "workers", "trusted_proxies"]),
    ("metrics", &["listen"]),
    ("enforcement", &["lease_ms", "renew_ms", "recorder_batch", "node_name"]),
    ("egress", &["allow"]),
    ("dns", &["resolver"]),
    ("log", &["format", "filter"]),
    ("redis", &["url"]),
    ("secrets", &["key_file"]),
    ("organizations", &["sign_up", "undo_days"]),
    ("mail", &["smtp_url", "from", "drop_dir"]),
    (
        "limits",
        &[
            "calls_per_second",
            "requests_per_second",
            "agents",
            "exceptions",
            "sign_ins_per_minute",
            "sign_ups_per_hour",
        ],
    ),
    ("passwords", &["breach_ranges_url"]),
    ("sign_in", &["refresh_seconds"]),
];

/// The fields of a section, or nothing if there is no such section.
pub(crate) fn of(section: &str) -> Option<&'static [&'static str]> {
    SECTIONS.iter().find(|(name, _)| *name == section).map(|(_, fields)| *fields)
}

/// The environment variable of a field.
pub(crate) fn variable(section: &str, field: &str) -> String {
    format!("{PREFIX}{}__{}", section.to_ascii_uppercase(), field.to_ascii_uppercase())
}

/// What to expect where a section was not known.
pub(crate) fn expected_sections() -> String {
    let names: Vec<String> = SECTIONS.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("one of the sections {}", names.join(", "))
}

/// What to expect where a field was not known, in a section that is.
pub(crate) fn expected_fields(fields: &[&str]) -> String {
    let names: Vec<String> = fields.iter().map(|name| format!("`{name}`")).collect();
    format!("one of the fields {}", names.join(", "))
}
