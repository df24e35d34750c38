//! Asking the person at the terminal, and reading a password from a file.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use zeroize::Zeroizing;

/// A password from a file, or typed without being shown.
pub(super) fn password(file: Option<&Path>, whose: &str) -> Result<Zeroizing<String>> {
    match file {
        Some(file) => first_line(file),
        None => hidden(&format!("Password of {whose}: ")),
    }
}

fn first_line(file: &Path) -> Result<Zeroizing<String>> {
    let text = Zeroizing::new(std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?);
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Zeroizing::new(line.to_owned())),
        _ => bail!("{} is empty: its first line must be the password", file.display()),
    }
}

/// Reads a line with the terminal's echo off.
fn hidden(prompt: &str) -> Result<Zeroizing<String>> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let input = std::io::stdin();
    if !input.is_terminal() {
        bail!("there is no terminal to ask for a password: use --password-file");
    }
    let mut error = std::io::stderr();
    write!(error, "{prompt}")?;
    error.flush()?;
    let before = tcgetattr(&input)?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&input, OptionalActions::Now, &silent)?;
    let mut line = Zeroizing::new(String::new());
    let read = input.lock().read_line(&mut line);
    tcsetattr(&input, OptionalActions::Now, &before)?;
    writeln!(error)?;
    read?;
    Ok(Zeroizing::new(line.trim_end_matches(['\n', '\r']).to_owned()))
}
