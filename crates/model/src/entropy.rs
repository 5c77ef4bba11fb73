/// A source of random bytes, passed in so that everything pure stays repeatable.
///
/// The binary hands in the operating system's generator, tests a seeded one.
pub trait Entropy {
    /// Fills `bytes` with random bytes.
    fn fill(&mut self, bytes: &mut [u8]);
}
