//! A demo instance in a temporary folder, run by the release program.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use plainsight_tests::phone::Phone;
use tempfile::TempDir;

pub(crate) struct Running {
    pub(crate) folder: TempDir,
    pub(crate) public: u16,
    pub(crate) desk: u16,
    postgres: Option<String>,
    child: Option<Child>,
}

/// The program beside this one.
pub(crate) fn program() -> Result<PathBuf> {
    let program = std::env::current_exe()?.parent().context("this program lies nowhere")?.join("plainsight");
    if !program.is_file() {
        bail!("{} is missing: cargo build --release -p plainsight", program.display());
    }
    Ok(program)
}

pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Running {
    pub(crate) fn load(contacts: usize, postgres: Option<&str>) -> Result<Self> {
        let made = Self {
            folder: tempfile::tempdir()?,
            public: free_port()?,
            desk: free_port()?,
            postgres: postgres.map(str::to_owned),
            child: None,
        };
        let output = made.command()?.args(["--only-load", "--contacts", &contacts.to_string()]).output()?;
        if !output.status.success() {
            bail!("loading failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(made)
    }

    fn command(&self) -> Result<Command> {
        let mut command = Command::new(program()?);
        command.args(["demo", "--public", &format!("127.0.0.1:{}", self.public), "--desk", &format!("127.0.0.1:{}", self.desk)]);
        command.arg("--data").arg(self.folder.path());
        if let Some(url) = &self.postgres {
            command.args(["--postgres", url]);
        }
        command.env("PLAINSIGHT_LOG", "error").stdout(Stdio::null());
        Ok(command)
    }

    /// Starts both processes; gives the time until the first page was there.
    pub(crate) async fn start(&mut self) -> Result<Duration> {
        let begin = Instant::now();
        self.child = Some(self.command()?.spawn()?);
        loop {
            if self.phone().get("/?lang=en").await.is_ok() {
                return Ok(begin.elapsed());
            }
            if begin.elapsed() > Duration::from_secs(60) {
                bail!("no page after a minute");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    pub(crate) fn phone(&self) -> Phone {
        Phone::new(&format!("http://127.0.0.1:{}", self.public))
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.folder.path().join("plainsight.toml")
    }

    /// Resident kilobytes of each process that was started, by its command line.
    pub(crate) fn resident(&self) -> Result<Vec<(String, u64)>> {
        let parent = self.child.as_ref().context("nothing runs")?.id();
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc")? {
            let folder = entry?.path();
            let status = std::fs::read_to_string(folder.join("status")).unwrap_or_default();
            let value = |name: &str| {
                let line = status.lines().find(|line| line.starts_with(name))?;
                line.split_whitespace().nth(1)?.parse::<u64>().ok()
            };
            if value("PPid:") == Some(u64::from(parent)) || value("Pid:") == Some(u64::from(parent)) {
                let words = std::fs::read_to_string(folder.join("cmdline")).unwrap_or_default();
                let part = words.split('\0').skip_while(|word| *word != "--only").nth(1).unwrap_or("parent").to_owned();
                found.push((part, value("VmRSS:").unwrap_or_default()));
            }
        }
        Ok(found)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
            let _ = child.wait();
        }
    }
}
