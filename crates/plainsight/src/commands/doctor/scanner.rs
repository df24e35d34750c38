//! Whether the virus scanner that an operator chose does what a scanner must, and what it sees. It is said aloud each time:
//! scanning shows the original of every file, in clear, to another program.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plainsight_apart::{CannotScan, MOST_FILE, Scanned, Scanner};

use super::Findings;

/// Where distributions keep the configuration of ClamAV's daemon: Debian, Fedora, others.
pub(super) const CONFIGURATIONS: &[&str] = &["/etc/clamav/clamd.conf", "/etc/clamd.d/scan.conf", "/etc/clamd.conf"];

/// The kernel's number for file systems in memory, `TMPFS_MAGIC` of `linux/magic.h`.
const IN_MEMORY: u64 = 0x0102_1994;

/// What clamd takes as it is shipped, `StreamMaxLength` and `MaxFileSize` of clamd.conf(5); older ones take less.
const SHIPPED_MOST: u64 = 100 << 20;

pub(super) async fn look(socket: &Path, configurations: &[&str], findings: &mut Findings) {
    findings.look.push(format!(
        "virus scanning is on: the scanner at {} is given every file that people send in clear, as it was sent, before it is cleaned",
        socket.display()
    ));
    match Scanner::at(socket.to_owned()).scan(&mut &b"Is anybody there?"[..]).await {
        Ok(Scanned::NothingKnown) => findings.fine.push("the scanner answers".to_owned()),
        Ok(Scanned::Found(name)) => findings.wrong.push(format!("the scanner takes a harmless sentence for {name}: no file would pass")),
        Err(error @ CannotScan::NotThere { .. }) => findings.wrong.push(format!("{error}. Until then no file passes")),
        Err(error) => findings.wrong.push(format!("{error}")),
    }
    match configuration(socket, configurations) {
        Some((file, settings)) => spool(&file, &settings, findings),
        None => findings.look.push(format!(
            "how the scanner is set cannot be read here. See to it in its clamd.conf: TemporaryDirectory on tmpfs, LeaveTemporaryFiles no, AlertExceedsMax yes, and StreamMaxLength, MaxFileSize and MaxScanSize of {}M or more",
            MOST_FILE >> 20
        )),
    }
}

/// The configuration of the daemon that listens at this socket, where one can be read.
fn configuration(socket: &Path, files: &[&str]) -> Option<(PathBuf, Settings)> {
    let read = |file: &&str| Some((PathBuf::from(file), Settings::parse(&fs::read_to_string(file).ok()?)));
    files.iter().filter_map(read).find(|(_, settings)| settings.value("LocalSocket").is_some_and(|own| same(Path::new(own), socket)))
}

/// `/var/run` is `/run` on most machines.
fn same(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn spool(file: &Path, settings: &Settings, findings: &mut Findings) {
    let file = file.display();
    let folder = Path::new(settings.value("TemporaryDirectory").unwrap_or("/tmp"));
    match in_memory(folder) {
        Ok(true) => findings.fine.push(format!("the scanner keeps what it looks at in memory, in {}", folder.display())),
        Ok(false) => findings.wrong.push(format!(
            "the scanner writes every file in clear to the disk, in {0}: mount a tmpfs there, or name one as TemporaryDirectory in {file}",
            folder.display()
        )),
        Err(error) => findings.look.push(format!(
            "whether the scanner's folder {} is on tmpfs cannot be seen ({error}): see `findmnt --target` for it",
            folder.display()
        )),
    }
    if settings.is_on("LeaveTemporaryFiles") {
        findings.wrong.push(format!("the scanner keeps every file that it looked at: set LeaveTemporaryFiles no in {file}"));
    }
    if !settings.is_on("AlertExceedsMax") {
        findings.wrong.push(format!("the scanner calls clean what is too large for it to look at: set AlertExceedsMax yes in {file}"));
    }
    for name in ["StreamMaxLength", "MaxFileSize"] {
        match settings.value(name).map_or(Some(SHIPPED_MOST), size) {
            Some(0) => {}
            Some(most) if most >= MOST_FILE => {}
            _ => findings.look.push(format!("the scanner does not take files of {0} MiB: set {name} {0}M in {file}", MOST_FILE >> 20)),
        }
    }
}

fn in_memory(folder: &Path) -> io::Result<bool> {
    let about = rustix::fs::statfs(folder)?;
    Ok(u64::try_from(about.f_type).is_ok_and(|kind| kind == IN_MEMORY))
}

/// Numbers of clamd.conf(5): bytes, or with K or M behind.
fn size(text: &str) -> Option<u64> {
    let (digits, unit) = match text.strip_suffix(['k', 'K', 'm', 'M']) {
        Some(digits) if text.ends_with(['k', 'K']) => (digits, 1 << 10),
        Some(digits) => (digits, 1 << 20),
        None => (text, 1),
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

/// A file of clamd.conf(5): a name and a value a line, `#` before remarks.
struct Settings(BTreeMap<String, String>);

impl Settings {
    fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        Self(
            lines
                .filter_map(|line| line.split_once(char::is_whitespace))
                .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
                .collect(),
        )
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn is_on(&self, name: &str) -> bool {
        self.value(name).is_some_and(|value| ["yes", "true", "1"].iter().any(|on| value.eq_ignore_ascii_case(on)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a scanner with this configuration, where `FOLDER` stands for one on the disk of the tests.
    async fn said(configuration: &str) -> Findings {
        let folder = tempfile::tempdir().unwrap();
        let (socket, file) = (folder.path().join("clamd.ctl"), folder.path().join("clamd.conf"));
        let text = configuration.replace("SOCKET", &socket.display().to_string());
        fs::write(&file, text).unwrap();
        let mut findings = Findings::default();
        look(&socket, &[&file.display().to_string()], &mut findings).await;
        findings
    }

    fn says(lines: &[String], part: &str) -> bool {
        lines.iter().any(|line| line.contains(part))
    }

    const GOOD: &str =
        "# remark\nLocalSocket SOCKET\nTemporaryDirectory /dev/shm\nAlertExceedsMax yes\nStreamMaxLength 150M\nMaxFileSize 0\n";

    /// However well it is set, that it sees everything is said; and a scanner that is not there is wrong, not absent.
    #[tokio::test]
    async fn that_a_scanner_sees_everything_is_said_aloud() {
        let findings = said(GOOD).await;
        assert!(says(&findings.look, "in clear"), "{:?}", findings.look);
        assert!(says(&findings.wrong, "does not answer") && says(&findings.wrong, "no file passes"), "{:?}", findings.wrong);
        assert!(says(&findings.fine, "in memory, in /dev/shm"), "{:?}", findings.fine);
        assert_eq!((findings.look.len(), findings.wrong.len()), (1, 1), "{:?} {:?}", findings.look, findings.wrong);
    }

    #[tokio::test]
    async fn a_spool_on_the_disk_is_wrong() {
        let findings = said(&GOOD.replace("/dev/shm", "/proc")).await;
        assert!(says(&findings.wrong, "in clear to the disk, in /proc"), "{:?}", findings.wrong);
        let findings = said(&GOOD.replace("/dev/shm", "/nowhere/spool")).await;
        assert!(says(&findings.look, "/nowhere/spool is on tmpfs cannot be seen"), "{:?}", findings.look);
    }

    #[tokio::test]
    async fn settings_that_keep_files_or_let_them_pass_unseen_are_named() {
        assert!(says(&said(&format!("{GOOD}LeaveTemporaryFiles yes\n")).await.wrong, "LeaveTemporaryFiles no"));
        assert!(says(&said(&GOOD.replace("AlertExceedsMax yes", "")).await.wrong, "AlertExceedsMax yes"));
        assert!(says(&said(&GOOD.replace("150M", "25M")).await.look, "StreamMaxLength 100M"));
        assert!(says(&said(&GOOD.replace("MaxFileSize 0", "MaxFileSize 40960K")).await.look, "MaxFileSize 100M"));
        assert!(says(&said(&GOOD.replace("150M", "much")).await.look, "StreamMaxLength 100M"));
    }

    /// Another daemon's configuration says nothing of this one.
    #[tokio::test]
    async fn where_the_configuration_cannot_be_read_it_says_what_to_check() {
        let findings = said("LocalSocket /run/another.ctl\nLeaveTemporaryFiles yes\n").await;
        assert!(says(&findings.look, "TemporaryDirectory on tmpfs"), "{:?}", findings.look);
        assert!(!says(&findings.wrong, "LeaveTemporaryFiles"));
    }
}
