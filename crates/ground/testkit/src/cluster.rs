//! The PostgreSQL server that tests use.
//!
//! `cargo xtask test` starts one and names it in `PLAINSIGHT_TEST_POSTGRES`. Without it the first test starts a server in a
//! well-known folder, the tests of other processes use it too, and a watcher stops it and deletes the folder soon after the last
//! of them has ended. Who still uses it is known by locks on a file: the kernel gives them back also when a process is killed.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context as _, Result, bail};

/// The variable that names a running server, for example `postgres://plainsight@127.0.0.1:5432/postgres`.
const VARIABLE: &str = "PLAINSIGHT_TEST_POSTGRES";

/// Held while this process lives; a static is never dropped, so only the kernel gives the lock back.
static IN_USE: Mutex<Option<(String, File)>> = Mutex::new(None);

/// The address of the server, started if need be.
pub(crate) fn url() -> Result<String> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return Ok(url);
    }
    let mut in_use = IN_USE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((url, _)) = &*in_use {
        return Ok(url.clone());
    }
    let cluster = Cluster::find()?;
    let (url, lock) = cluster.join()?;
    Ok(in_use.insert((url, lock)).0.clone())
}

/// The same server, another database.
pub(crate) fn with_database(url: &str, name: &str) -> String {
    let (before, query) = url.split_once('?').map_or((url, None), |(before, query)| (before, Some(query)));
    let server = match before.split_once("://").map(|(_, rest)| rest.contains('/')) {
        Some(true) => before.rsplit_once('/').map_or(before, |(server, _)| server),
        _ => before,
    };
    query.map_or_else(|| format!("{server}/{name}"), |query| format!("{server}/{name}?{query}"))
}

struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    root: bool,
}

impl Cluster {
    fn find() -> Result<Self> {
        let programs = programs().context(
            "this test also runs on PostgreSQL, which is not installed: run `cargo xtask setup` (Debian: apt-get install postgresql), \
             or name a running server in PLAINSIGHT_TEST_POSTGRES",
        )?;
        let user = output(Command::new("id").arg("-u"))?;
        let folder = std::env::temp_dir().join(format!("plainsight-test-postgres-{}", user.trim()));
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, programs, root: user.trim() == "0" })
    }

    /// Starts the server unless it runs, and keeps it from being stopped while the returned file is open.
    fn join(&self) -> Result<(String, File)> {
        let starting = File::create(self.folder.join("starting"))?;
        starting.lock()?;
        // The watcher takes this lock alone while it stops the server; after that the server has to be started again.
        let using = File::create(self.folder.join("using"))?;
        using.lock_shared()?;
        let port_file = self.folder.join("server/port");
        if let Ok(port) = fs::read_to_string(&port_file)
            && self.program("pg_ctl", &["-D", text(&self.data()), "status"]).is_ok()
        {
            return Ok((address(port.trim()), using));
        }
        // Not there, or killed, or the machine was switched off: its data are worth nothing.
        self.start(&port_file)?;
        let port = fs::read_to_string(&port_file)?;
        Ok((address(port.trim()), using))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("server/data")
    }

    fn start(&self, port_file: &Path) -> Result<()> {
        let server = self.folder.join("server");
        if server.exists() {
            let _ = self.program("pg_ctl", &["-D", text(&self.data()), "-m", "immediate", "-w", "stop"]);
            fs::remove_dir_all(&server)?;
        }
        fs::create_dir(&server)?;
        if self.root {
            output(Command::new("chown").arg("postgres").arg(&server))?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let data = self.data();
        self.program(
            "initdb",
            &["--no-sync", "--auth=trust", "--username=plainsight", "--encoding=UTF8", "--locale=C.UTF-8", "-D", text(&data)],
        )?;
        let options = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
             -c max_connections=300 -c shared_buffers=64MB",
            server.display()
        );
        let log = server.join("log");
        self.program("pg_ctl", &["-D", text(&data), "-l", text(&log), "-w", "-o", &options, "start"])?;
        self.watch()?;
        fs::write(port_file, port.to_string())?;
        Ok(())
    }

    /// Leaves a watcher behind that outlives this process: when nobody has used the server for a look, it stops it.
    fn watch(&self) -> Result<()> {
        let script = r#"
            while sleep 10; do
                exec 9>>"$1/using" || exit 0
                if flock --exclusive --nonblock 9; then
                    $3 "$2/pg_ctl" -D "$1/server/data" -m immediate -w stop
                    rm -rf "$1/server"
                    exit 0
                fi
                exec 9>&-
            done
        "#;
        let user = if self.root { "runuser -u postgres --" } else { "" };
        Command::new("setsid")
            .args(["--fork", "sh", "-c", script, "plainsight-test-postgres", text(&self.folder), text(&self.programs), user])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .context("the watcher of the test server needs `setsid` and `flock` (package util-linux)")?;
        Ok(())
    }

    /// Runs one of PostgreSQL's programs; they refuse to run as root.
    fn program(&self, name: &str, arguments: &[&str]) -> Result<String> {
        let program = self.programs.join(name);
        let mut command = if self.root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        // The folder of the caller may be closed to the other user.
        output(command.args(arguments).current_dir(&self.folder))
    }
}

fn programs() -> Option<PathBuf> {
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

fn address(port: &str) -> String {
    format!("postgres://plainsight@127.0.0.1:{port}/postgres")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

/// A server that was started holds on to the pipes of the command that started it, so the output goes through a file.
fn output(command: &mut Command) -> Result<String> {
    let out = tempfile::NamedTempFile::new()?;
    let status = command
        .stdin(Stdio::null())
        .stdout(out.reopen()?)
        .stderr(out.reopen()?)
        .status()
        .with_context(|| format!("{command:?} could not be started"))?;
    let said = fs::read_to_string(out.path())?;
    if !status.success() {
        bail!("{command:?} failed ({status}): {said}");
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_of_an_address_is_replaced() {
        let check = |url: &str, expected: &str| assert_eq!(with_database(url, "x"), expected);
        check("postgres://a@127.0.0.1:5432/postgres", "postgres://a@127.0.0.1:5432/x");
        check("postgres://a@127.0.0.1:5432", "postgres://a@127.0.0.1:5432/x");
        check("postgres://a:b@host/postgres?sslmode=disable", "postgres://a:b@host/x?sslmode=disable");
    }
}
