//! `[enforcement]`: how this node holds its lease and records decisions.

use std::time::Duration;

use crate::reader::Reader;

/// Longest name of a node: it is a label on every metric and in every record.
const MAX_NODE_NAME: usize = 40;

/// Settings of enforcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enforcement {
    /// `ANSWERABLE_ENFORCEMENT__LEASE_MS`, milliseconds, default 2,000, from 200 to 60,000: how long a node that
    /// hears nothing goes on answering. It is also the longest a revocation can wait for a silent node, hence
    /// short; below 200 a busy disk alone would end leases.
    pub lease_ms: u64,
    /// `ANSWERABLE_ENFORCEMENT__RENEW_MS`, milliseconds, default 500, at least 20 and less than half of
    /// `lease_ms`: one renewal may be lost without losing the lease.
    pub renew_ms: u64,
    /// `ANSWERABLE_ENFORCEMENT__RECORDER_BATCH`, records, default 1,000, from 1 to 1,000: the most decisions
    /// made durable by one commit. Beyond a thousand the commit gets longer and the rate no higher.
    pub recorder_batch: usize,
    /// `ANSWERABLE_ENFORCEMENT__NODE_NAME`, default `node-1`: 1 to 40 of `a-z`, `0-9` and `-`. Each of several
    /// nodes needs its own, since records are numbered by node.
    pub node_name: String,
}

impl Default for Enforcement {
    fn default() -> Self {
        Self { lease_ms: 2000, renew_ms: 500, recorder_batch: 1000, node_name: "node-1".to_owned() }
    }
}

impl Enforcement {
    /// `lease_ms` as a duration.
    pub fn lease(&self) -> Duration {
        Duration::from_millis(self.lease_ms)
    }

    /// `renew_ms` as a duration.
    pub fn renew(&self) -> Duration {
        Duration::from_millis(self.renew_ms)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let default = Self::default();
        let read = Self {
            lease_ms: reader.number(
                ("enforcement", "lease_ms"),
                default.lease_ms,
                200..=60_000,
                "milliseconds",
            ),
            renew_ms: reader.number(
                ("enforcement", "renew_ms"),
                default.renew_ms,
                20..=30_000,
                "milliseconds",
            ),
            recorder_batch: reader.number(
                ("enforcement", "recorder_batch"),
                default.recorder_batch,
                1..=1000,
                "records",
            ),
            node_name: reader.read(
                ("enforcement", "node_name"),
                default.node_name,
                "1 to 40 of the characters `a-z`, `0-9` and `-`",
                |text| is_node_name(text).then(|| text.to_owned()),
            ),
        };
        if read.renew_ms * 2 >= read.lease_ms {
            let expected = format!("less than half of `enforcement.lease_ms`, which is {}", read.lease_ms);
            reader.conflict(("enforcement", "renew_ms"), read.renew_ms.to_string(), expected);
        }
        read
    }
}

fn is_node_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.len() <= MAX_NODE_NAME && text.bytes().all(allowed)
}
