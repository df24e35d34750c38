//! Cleans files on the command line: `peers-media-clean FOLDER FILE...` writes the cleaned copy of each into the folder
//! under its own name, and says what was removed and kept. With `-` for the folder nothing is written.
#![allow(clippy::print_stdout, reason = "what a command prints is what it is for")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().context("give a folder for the cleaned copies, then the files")?;
    for path in arguments {
        let bytes = std::fs::read(&path).with_context(|| format!("{path} cannot be read"))?;
        let name = Path::new(&path).file_name().context("a file needs a name")?;
        match plainsight_media::clean(&bytes) {
            Ok(cleaned) => {
                println!(
                    "{path}: {}, {} -> {} bytes, removed {:?}, kept {:?}",
                    cleaned.kind(),
                    bytes.len(),
                    cleaned.len(),
                    cleaned.removed(),
                    cleaned.kept()
                );
                if folder != "-" {
                    let mut to = BufWriter::new(File::create(Path::new(&folder).join(name))?);
                    cleaned.write(&bytes, &mut to)?;
                    to.flush()?;
                }
            }
            Err(error) => println!("{path}: {error}"),
        }
    }
    Ok(())
}
