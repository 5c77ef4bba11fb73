//! Randomness that repeats: the same seed gives the same bytes.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A seeded source of bytes (`SplitMix64`): well spread, and worthless as a secret.
#[derive(Clone, Debug)]
pub struct SeededBytes(u64);

impl SeededBytes {
    /// A source that repeats for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Fills a buffer.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            for (byte, random) in chunk.iter_mut().zip(self.next_u64().to_le_bytes()) {
                *byte = random;
            }
        }
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A number below `bound`, which must not be zero. Slightly uneven for huge bounds.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next_u64().checked_rem(bound).expect("a bound above zero")
    }

    /// A version 7 identifier made at the given moment.
    pub fn uuid(&mut self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).expect("a moment after 1970");
        uuid::Builder::from_unix_timestamp_millis(millis, &self.array()).into_uuid()
    }
}
