//! Random bytes that repeat.

use model::Entropy;

/// Random bytes that follow from a noun and a number (`SplitMix64`): well spread, and worthless as a secret.
pub(crate) struct Dice(u64);

impl Dice {
    /// The bytes of that number among those of that noun.
    pub(crate) fn of(noun: u8, number: u64) -> Self {
        let mut dice = Self((u64::from(noun) << 56) | number);
        // Neighbouring numbers start far apart.
        dice.0 = dice.draw();
        dice
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = self.draw().to_le_bytes();
            chunk.iter_mut().zip(random).for_each(|(byte, random)| *byte = random);
        }
    }
}
