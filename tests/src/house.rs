//! A real instance in a temporary folder: the program that was built, its processes, its files.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use plainsight_store::Address;
use plainsight_testkit::TestDb;
use tempfile::TempDir;

use crate::phone::Phone;

/// A loaded instance with invented data; processes are started and killed by the test.
pub struct House {
    pub folder: TempDir,
    pub public: u16,
    pub desk: u16,
    pub files: u16,
    processes: Vec<Child>,
    /// The empty PostgreSQL database that the instance fills; none on SQLite.
    postgres: Option<TestDb>,
}

/// Which database an instance stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

impl On {
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

impl House {
    /// Makes the instance with so many invented contacts and starts nothing.
    pub async fn load(on: On, contacts: usize) -> Result<Self> {
        let postgres = match on {
            On::Sqlite => None,
            On::Postgres => Some(TestDb::postgres(&[]).await),
        };
        if let Some(empty) = &postgres {
            // The instance has it to itself, as a real one has.
            empty.store().close().await;
        }
        let [public, desk, files] = [free_port()?, free_port()?, free_port()?];
        let house = Self { folder: tempfile::tempdir()?, public, desk, files, processes: Vec::new(), postgres };
        let mut command = program()?;
        command
            .args(["demo", "--only-load", "--contacts", &contacts.to_string()])
            .args(["--public", &format!("127.0.0.1:{}", house.public), "--desk", &format!("127.0.0.1:{}", house.desk)])
            .args(["--files", &format!("127.0.0.1:{}", house.files)])
            .arg("--data")
            .arg(house.folder.path());
        if let Some(url) = house.postgres_url() {
            command.args(["--postgres", url]);
        }
        let output = command.output()?;
        if !output.status.success() {
            bail!("the instance could not be loaded: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(house)
    }

    /// The address of its PostgreSQL database.
    pub fn postgres_url(&self) -> Option<&str> {
        match self.postgres.as_ref()?.address() {
            Address::Postgres(url) => Some(url),
            Address::Sqlite(_) => None,
        }
    }

    pub fn config(&self) -> PathBuf {
        self.folder.path().join("plainsight.toml")
    }

    /// Starts one part and waits until it answers. What it prints and logs, at its most talkative, is a file of the instance.
    pub async fn start(&mut self, part: &str) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.folder.path().join(format!("{part}.log")))?;
        let child = program()?
            .args(["serve", "--with-parent", "--only", part, "--config"])
            .arg(self.config())
            .env("PLAINSIGHT_LOG", "trace")
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        self.processes.push(child);
        let (port, path) = if part == "public" { (self.public, "/?lang=en") } else { (self.desk, "/sign-in") };
        for _ in 0..300 {
            if Phone::new(&format!("http://127.0.0.1:{port}")).get(path).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the {part} process does not answer")
    }

    /// The most memory that the process which was started last has held at any moment, in bytes.
    pub fn peak_memory(&self) -> Result<u64> {
        let process = self.processes.last().context("nothing was started")?;
        let status = std::fs::read_to_string(format!("/proc/{}/status", process.id()))?;
        let line =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the system does not say how much memory it holds")?;
        let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kibibytes * 1024)
    }

    /// Ends every process at once, as a power cut would (SIGKILL).
    pub fn kill(&mut self) -> Result<()> {
        for mut child in self.processes.drain(..) {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    pub fn phone(&self) -> Phone {
        Phone::new(&format!("http://127.0.0.1:{}", self.public))
    }

    /// Runs a command of the program on this instance and gives what it printed and whether it went well.
    pub fn command(&self, words: &[&str]) -> Result<(bool, String)> {
        let output = program()?.args(words).arg("--config").arg(self.config()).output()?;
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Ok((output.status.success(), said))
    }

    /// Runs a command that has no instance.
    pub fn bare_command(&self, words: &[&str]) -> Result<(bool, String)> {
        let output = program()?.args(words).current_dir(self.folder.path()).output()?;
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Ok((output.status.success(), said))
    }

    /// The bytes of every file of the instance.
    pub fn files(&self) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files)?;
        Ok(files)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Err(error) = self.kill() {
            tracing_free(&error);
        }
    }
}

#[allow(clippy::print_stderr, reason = "a test's own complaint")]
fn tracing_free(error: &anyhow::Error) {
    eprintln!("a process could not be ended: {error:#}");
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push((path.clone(), std::fs::read(&path)?));
        }
    }
    Ok(())
}

/// The program, beside the test's own binary.
fn program() -> Result<Command> {
    let test = std::env::current_exe()?;
    let target = test.parent().and_then(Path::parent).context("the test binary lies nowhere")?;
    let program = target.join("plainsight");
    if !program.is_file() {
        bail!("{} is missing: build it first (`cargo build --package plainsight`; `cargo xtask test` does)", program.display());
    }
    Ok(Command::new(program))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
