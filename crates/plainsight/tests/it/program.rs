//! The built program on an instance in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;

/// How a command ended and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) well: bool,
    pub(crate) said: String,
    pub(crate) complained: String,
}

pub(crate) struct Instance {
    folder: TempDir,
}

/// Runs the program in a folder, with nobody at the terminal.
pub(crate) fn plainsight(folder: &Path, arguments: &[&str]) -> Ended {
    let ended = Command::new(env!("CARGO_BIN_EXE_plainsight"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PLAINSIGHT_LOG", "error")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { well: ended.status.success(), said: text(ended.stdout), complained: text(ended.stderr) }
}

impl Instance {
    /// A folder with a configuration and nothing else.
    pub(crate) fn configured() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = r#"
data = "data"
keys = { public = "keys/public.key", desk = "keys/desk.key" }
public = { listen = "127.0.0.1:8080" }
desk = { listen = "127.0.0.1:8081", origin = "https://desk.example.org" }
pager = { folder = "notices" }
"#;
        fs::write(folder.path().join("plainsight.toml"), config).unwrap();
        Self { folder }
    }

    /// An instance with its organisation.
    pub(crate) fn made() -> Self {
        let instance = Self::configured();
        instance.does(&["init"]);
        instance.does(&["organisation", "add", "Westmere Helpline"]);
        instance
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command on this instance.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--config", "plainsight.toml"]).collect();
        plainsight(self.folder.path(), &arguments)
    }

    /// Runs a command that has to end well; gives what it said.
    pub(crate) fn does(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert!(ended.well, "{arguments:?}: {ended:?}");
        ended.said
    }

    /// Runs a command that has to fail; gives its complaint.
    pub(crate) fn fails(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert!(!ended.well, "{arguments:?}: {ended:?}");
        assert_eq!(ended.said, "", "{arguments:?}");
        ended.complained
    }

    /// Adds a member, and keeps the first password in a file of their name.
    pub(crate) fn member(&self, sign_in_name: &str, role: &str) {
        let (name, email) = (format!("{sign_in_name} Wintergreen"), format!("{sign_in_name}@example.org"));
        let said = self.does(&["member", "add", sign_in_name, "--name", &name, "--email", &email, "--role", role]);
        let password = said.lines().find_map(|line| line.strip_prefix("first password: ")).unwrap();
        fs::write(self.path(&format!("{sign_in_name}.password")), password).unwrap();
    }

    /// Changes the database past the program.
    pub(crate) fn tamper(&self, sql: &str) {
        let address = format!("sqlite://{}?mode=rw", self.path("data/content.sqlite").display());
        let changed = tokio::runtime::Runtime::new().unwrap().block_on(async {
            let database = Database::connect(&address).await.unwrap();
            let changed = database.execute_unprepared(sql).await.unwrap().rows_affected();
            database.close().await.unwrap();
            changed
        });
        assert!(changed > 0, "{sql}");
    }
}
