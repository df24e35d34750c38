//! A throw-away PostgreSQL cluster for one test run: made in a temporary folder, without fsync, stopped at the end.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

/// A running cluster; stopped and deleted when dropped.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
}

/// The folder with `initdb` and `pg_ctl`, the newest version first.
pub fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            let programs = path.join("bin");
            programs.join("initdb").is_file().then_some((version, programs))
        })
        .collect();
    versions.sort();
    versions.pop().map(|(_, programs)| programs)
}

impl Cluster {
    pub fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL is missing: run `cargo xtask setup`")?;
        let folder = std::env::temp_dir().join(format!("plainsight-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        if run::is_root() {
            run::run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Self { folder, programs, port };
        let data = cluster.folder.join("data");
        cluster.program(
            "initdb",
            &["--no-sync", "--auth=trust", "--username=plainsight", "--encoding=UTF8", "--locale=C.UTF-8", "-D", text(&data)],
        )?;
        let options = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB",
            cluster.folder.display()
        );
        let log = cluster.folder.join("log");
        cluster.program("pg_ctl", &["-D", text(&data), "-l", text(&log), "-w", "-o", &options, "start"])?;
        Ok(cluster)
    }

    /// The address that tests make their databases under.
    pub fn url(&self) -> String {
        format!("postgres://plainsight@127.0.0.1:{}/postgres", self.port)
    }

    fn program(&self, name: &str, arguments: &[&str]) -> Result<()> {
        let program = self.programs.join(name);
        let mut command = if run::is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        command.args(arguments).current_dir(&self.folder);
        run::output(&mut command).map(drop)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        if let Err(error) = self.program("pg_ctl", &["-D", text(&data), "-m", "immediate", "-w", "stop"]) {
            eprintln!("could not stop PostgreSQL in {}: {error:#}", self.folder.display());
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("could not delete {}: {error}", self.folder.display());
        }
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}
