//! How a file is cut into parcels and sealed: what its size tells a thief of the disk, and how its pieces are kept from
//! being mixed up. Pure: the rows are `records/parcels.rs`, the acts `acts/stow.rs`.

use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use plainsight_vault::{ColumnPlace, DataKeyRing, OpenError, padding};

use crate::records::ZONE;

/// What one parcel holds. The last ones of a file may hold less.
pub(crate) const PARCEL: usize = 1 << 20;
/// The largest file that is taken, in bytes.
pub(crate) const LARGEST: u64 = 100 << 20;
/// No name of a file is kept longer, in characters.
pub(crate) const LONGEST_NAME: usize = 120;

/// The key of one file. Before the file is sent it lies in the sender's own page alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ZeroizeOnDrop)]
pub(crate) struct FileKey([u8; 32]);

impl FileKey {
    pub(crate) fn draw(rng: &mut impl rand::Rng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a parcel: what it holds, filled up to `length` with zeros.
    pub(crate) fn seal(&self, organisation: Uuid, file: Uuid, number: u32, holds: &[u8], length: usize, rng: &mut StdRng) -> Vec<u8> {
        let mut padded = Zeroizing::new(holds.to_vec());
        padded.resize(length, 0);
        let column = number.to_string();
        DataKeyRing::new(1, &self.0).seal(&place(organisation, file, &column), &padded, rng)
    }

    /// Opens a parcel, with what fills it up. It opens as this parcel of this file and as no other.
    pub(crate) fn open(&self, organisation: Uuid, file: Uuid, number: u32, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let column = number.to_string();
        DataKeyRing::new(1, &self.0).open(&place(organisation, file, &column), sealed)
    }
}

fn place<'a>(organisation: Uuid, file: Uuid, column: &'a str) -> ColumnPlace<'a> {
    ColumnPlace { organisation, zone: ZONE, table: "helpline_parcels", row: file, column }
}

/// How a file of a known size lies in parcels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    size: u64,
}

impl Layout {
    /// None for nothing, and for more than is taken.
    pub(crate) fn of(size: u64) -> Option<Self> {
        (1..=LARGEST).contains(&size).then_some(Self { size })
    }

    pub(crate) fn size(self) -> u64 {
        self.size
    }

    /// The size class: what whoever has the disk can count.
    fn padded(self) -> u64 {
        padding::envelope_class(usize::try_from(self.size).unwrap_or(usize::MAX)) as u64
    }

    /// How many parcels there are, those that only fill up among them.
    pub(crate) fn parcels(self) -> u32 {
        count(self.padded())
    }

    /// How many parcels hold something of the file.
    pub(crate) fn filled(self) -> u32 {
        count(self.size)
    }

    /// How many bytes of the file this parcel holds.
    pub(crate) fn holds(self, number: u32) -> usize {
        within(self.size, number)
    }

    /// How long this parcel is, with what fills it up.
    pub(crate) fn length(self, number: u32) -> usize {
        within(self.padded(), number)
    }
}

fn count(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(PARCEL as u64)).unwrap_or(u32::MAX)
}

fn within(bytes: u64, number: u32) -> usize {
    let before = u64::from(number) * PARCEL as u64;
    // At most a parcel.
    bytes.saturating_sub(before).min(PARCEL as u64) as usize
}

shows_nothing!(FileKey);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn a_parcel_opens_as_itself_and_as_no_other() {
        let mut rng = StdRng::seed_from_u64(3);
        let (key, other) = (FileKey::draw(&mut rng), FileKey::draw(&mut rng));
        let (house, file) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = key.seal(house, file, 4, b"a picture", 64, &mut rng);
        let mut held = b"a picture".to_vec();
        held.resize(64, 0);
        assert_eq!(*key.open(house, file, 4, &sealed).unwrap(), held);
        assert!(key.open(house, file, 5, &sealed).is_err(), "in the place of another parcel");
        assert!(key.open(house, Uuid::from_u128(3), 4, &sealed).is_err(), "as part of another file");
        assert!(key.open(Uuid::from_u128(9), file, 4, &sealed).is_err(), "in another house");
        assert!(other.open(house, file, 4, &sealed).is_err(), "under another key");
    }

    #[test]
    fn nothing_and_too_much_are_no_files() {
        assert_eq!(Layout::of(0), None);
        assert_eq!(Layout::of(LARGEST + 1), None);
        assert!(Layout::of(1).is_some() && Layout::of(LARGEST).is_some());
    }

    proptest! {
        /// What lies in the parcels is the whole file and nothing else, and no class is much larger than what it holds.
        #[test]
        fn parcels_hold_the_file_and_its_class(size in 1..=LARGEST) {
            let layout = Layout::of(size).unwrap();
            let held: u64 = (0..layout.parcels()).map(|number| layout.holds(number) as u64).sum();
            let long: u64 = (0..layout.parcels()).map(|number| layout.length(number) as u64).sum();
            prop_assert_eq!(held, size);
            prop_assert!(long >= size);
            prop_assert!(size < 128 << 10 || long <= size + size / 8 + 8);
            for number in 0..layout.parcels() {
                prop_assert!(layout.holds(number) <= layout.length(number));
                prop_assert!(number + 1 == layout.parcels() || layout.length(number) == PARCEL);
                prop_assert_eq!(number < layout.filled(), layout.holds(number) > 0);
            }
        }

        /// Two files of one class cannot be told apart by what lies on the disk.
        #[test]
        fn a_class_tells_no_size(size in 1..=LARGEST) {
            let layout = Layout::of(size).unwrap();
            let classes = 2048u64..=(104 << 20);
            prop_assert!(classes.contains(&layout.padded()));
        }
    }
}
