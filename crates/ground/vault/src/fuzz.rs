//! Targets for fuzzing: what the outside can hand in, as plain functions of bytes. None may panic.

use uuid::Uuid;

use crate::column::{ColumnPlace, DataKeyRing};
use crate::envelope::{self, EnvelopePlace, Kind};
use crate::form_state::DayKeys;
use crate::keys::{Mailbox, SecretKey, SigningKey};
use crate::password;
use crate::receipt::{ReadyReceipt, Receipt};
use crate::words::WordList;

/// The seed of every key that a target holds, so that a corpus of values that open can be committed.
pub const SEED: [u8; 32] = [7; 32];
/// The second that the form state's target takes for now.
pub const NOW: i64 = 1_800_000_000;

/// The place of the corpus's envelopes.
pub const fn envelope_place() -> EnvelopePlace<'static> {
    EnvelopePlace {
        kind: Kind::Message,
        organisation: Uuid::from_bytes([1; 16]),
        zone: "helpline",
        epoch: 3,
        record: Uuid::from_bytes([2; 16]),
    }
}

/// The place of the corpus's column values.
pub const fn column_place() -> ColumnPlace<'static> {
    ColumnPlace {
        organisation: Uuid::from_bytes([1; 16]),
        zone: "helpline",
        table: "contacts",
        row: Uuid::from_bytes([2; 16]),
        column: "header",
    }
}

/// Reads and opens an envelope.
pub fn envelope(bytes: &[u8]) {
    let key = SecretKey::<Mailbox>::from_seed(SEED);
    let signer = SigningKey::from_bytes(SEED).verifying_key();
    let _ = envelope::outside(bytes);
    let _ = envelope::open(bytes, &envelope_place(), &key);
    let _ = envelope::open_signed(bytes, &envelope_place(), &key, &[signer]);
}

/// Opens a column value.
pub fn column(bytes: &[u8]) {
    let _ = DataKeyRing::new(1, &SEED).open(&column_place(), bytes);
}

/// Reads a receipt; what is read is written back the same in both forms.
pub fn receipt(bytes: &[u8]) {
    let _ = ReadyReceipt::from_bytes(bytes);
    if let Ok(receipt) = Receipt::parse(&String::from_utf8_lossy(bytes)) {
        assert_eq!(Receipt::parse(&receipt.digits()), Ok(receipt.clone()), "digits must read back");
        for list in WordList::all() {
            assert_eq!(Receipt::parse(&receipt.words(list).join(" ")), Ok(receipt.clone()), "words must read back");
        }
    }
}

/// Opens form state.
pub fn form_state(bytes: &[u8]) {
    let keys = DayKeys::derive(&SEED, DayKeys::day_of(NOW));
    let _ = keys.open(&String::from_utf8_lossy(bytes), NOW);
}

/// Reads a password blob, and unwraps it when the cost it asks for is that of tests.
pub fn password(bytes: &[u8]) {
    if password::cost_of(bytes) == Ok(password::PasswordCost::light_for_tests_only()) {
        let _ = password::unwrap_member(bytes, "correct horse battery staple", &SEED);
    }
}
