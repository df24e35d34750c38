//! What the formats of the vault promise, checked through the public door.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod column;
mod corpus;
mod envelope;
mod form_state;
mod keys;
mod padding;
mod password;
mod receipt;
mod vectors;
mod words;

use plainsight_vault::{EnvelopePlace, Kind};
use rand::SeedableRng;
use rand::rngs::StdRng;
use uuid::Uuid;

fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn id(byte: u8) -> Uuid {
    Uuid::from_bytes([byte; 16])
}

fn place(kind: Kind) -> EnvelopePlace<'static> {
    EnvelopePlace { kind, organisation: id(1), zone: "helpline", epoch: 3, record: id(2) }
}
