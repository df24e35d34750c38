//! What the worker sweeps from time to time.

use crate::acts::tidy::{Swept, sweep};
use crate::cabinet::Cabinet;
use crate::trouble::Trouble;
use plainsight_vocabulary::KeptFor;

/// Sweeps receipts past their time, old change numbers, keys without a contact, and what is kept no longer.
#[derive(Debug, Default)]
pub struct Sweeper {
    swept: Swept,
}

impl Sweeper {
    /// One sweep. A key without a contact is deleted only at the second sweep that finds it alone.
    /// What nothing keeps any longer than `kept` says is erased.
    pub async fn sweep(&mut self, cabinet: &Cabinet, kept: Option<&KeptFor>) -> Result<(), Trouble> {
        sweep(cabinet, &mut self.swept, kept).await
    }
}
