//! The house rules that the compiler does not check. Each rule collects what it found wrong; all are reported at once.

mod arrows;
mod data;
mod files;
mod supply;
mod words;

use anyhow::{Result, bail};

pub fn tidy() -> Result<()> {
    let metadata = supply::metadata()?;
    let mut wrong = Vec::new();
    arrows::check(&metadata, &mut wrong);
    supply::check(&metadata, &mut wrong);
    files::check(&mut wrong)?;
    data::check(&mut wrong)?;
    words::check(&mut wrong)?;
    if wrong.is_empty() {
        println!("tidy: arrows, licences, files, data and words are in order");
        return Ok(());
    }
    for line in &wrong {
        eprintln!("tidy: {line}");
    }
    bail!("tidy found {} things to mend", wrong.len())
}
