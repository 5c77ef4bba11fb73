//! Chance for building organizations: a string of bytes that proptest draws and shrinks. Zero is always the plainest
//! choice, and a string that is used up gives zeros, so a shrunk case is a plain one.

#[derive(Debug)]
pub(crate) struct Dice {
    bytes: Vec<u8>,
    at: usize,
}

impl Dice {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, at: 0 }
    }

    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.byte()) % sides
    }

    pub(crate) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }

    /// Whether something unusual happens, in so many of a hundred cases.
    pub(crate) fn rarely(&mut self, percent: usize) -> bool {
        // The high bytes are the unusual ones, so that shrinking makes things usual.
        usize::from(self.byte()) * 100 >= (100 - percent) * 256
    }

    /// One of the first, or rarely one of the others.
    pub(crate) fn mostly<T: Clone>(&mut self, usual: T, percent: usize, others: &[T]) -> T {
        if self.rarely(percent) { self.pick(others) } else { usual }
    }
}
