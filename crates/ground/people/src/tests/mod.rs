//! Rules whose tests need what the room keeps to itself: the desk's own proofs, and the key of kept forms.

mod forged;
mod kept;

#[path = "../../tests/it/browser.rs"]
mod browser;
#[path = "../../tests/it/world.rs"]
mod world;
