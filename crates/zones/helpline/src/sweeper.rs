//! What the worker sweeps from time to time.

use crate::acts::tidy::{Orphans, sweep};
use crate::cabinet::Cabinet;
use crate::trouble::Trouble;

/// Sweeps receipts past their time, old change numbers, and keys without a contact.
#[derive(Debug, Default)]
pub struct Sweeper {
    orphans: Orphans,
}

impl Sweeper {
    /// One sweep. A key without a contact is deleted only at the second sweep that finds it alone.
    pub async fn sweep(&mut self, cabinet: &Cabinet) -> Result<(), Trouble> {
        sweep(cabinet, &mut self.orphans).await
    }
}
