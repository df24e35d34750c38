//! The configuration file of an instance. One structure a concern; every mistake names the line or the key to mend.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use plainsight_store::{Address, TombstoneFile};

/// What `--config FILE` holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// A folder for SQLite ...
    pub data: Option<PathBuf>,
    /// ... or the address of a PostgreSQL database.
    pub postgres: Option<String>,
    pub keys: KeyFiles,
    pub public: PublicSite,
    pub desk: DeskSite,
    /// The operator's own file: routes, staffed hours, promises, which facts were checked.
    pub operator: Option<PathBuf>,
    /// The list of what was erased. It lies outside the databases, for restoring one would lose it.
    pub tombstones: Option<PathBuf>,
    /// Translations that win over the built-in ones.
    pub locales: Option<PathBuf>,
    /// Whose routes to help are shown.
    #[serde(default = "england")]
    pub jurisdictions: Vec<String>,
    #[serde(default)]
    pub pager: Pager,
    #[serde(default)]
    pub files: Files,
}

/// The key files: outside the data folder and outside its backup.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyFiles {
    pub public: PathBuf,
    pub desk: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublicSite {
    pub listen: SocketAddr,
    /// Where "Leave now" goes: a page about the weather.
    #[serde(default = "weather")]
    pub leave_to: String,
    /// How many bytes of files may lie here that nobody has sent yet.
    #[serde(default = "waiting_files")]
    pub waiting_files: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeskSite {
    pub listen: SocketAddr,
    /// As people type it, for example `https://desk.example.org`.
    pub origin: String,
}

/// How the rota is told that something waits. The notice never says what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pager {
    /// A mail server that takes mail from this machine, `host:port`.
    pub smtp: Option<String>,
    /// The sender of those mails.
    pub from: Option<String>,
    /// A program that is started with the address as its argument and the notice on its standard input.
    pub program: Option<PathBuf>,
    /// A folder that notices are written into, for trying out.
    pub folder: Option<PathBuf>,
}

/// What is done with files that people send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Files {
    /// Where the desk gives cleaned copies out: an address of its own. Left out, it is the port after the desk's.
    pub listen: Option<SocketAddr>,
    /// The same as browsers reach it, for example `https://files.example.org`.
    pub origin: Option<String>,
    /// The socket of ClamAV's daemon. Left out, nothing is scanned: a scanner sees every original in clear.
    pub scan: Option<PathBuf>,
}

fn weather() -> String {
    "https://www.bbc.co.uk/weather".to_owned()
}

fn waiting_files() -> u64 {
    plainsight_helpline::WAITING_FILES
}

fn england() -> Vec<String> {
    vec!["england".to_owned()]
}

impl Config {
    /// Reads a configuration file. Relative paths in it are taken from the file's own folder.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| {
            format!(
                "could not read the configuration {}: write one as docs/administrator.md says, and name it with --config",
                file.display()
            )
        })?;
        let mut config: Self = toml::from_str(&text).with_context(|| format!("{} is not a valid configuration", file.display()))?;
        let base = file.parent().unwrap_or(Path::new("."));
        let from_base = |path: &mut PathBuf| *path = base.join(&*path);
        config.data.iter_mut().for_each(from_base);
        [&mut config.keys.public, &mut config.keys.desk].into_iter().for_each(from_base);
        [
            &mut config.operator,
            &mut config.locales,
            &mut config.tombstones,
            &mut config.pager.program,
            &mut config.pager.folder,
            &mut config.files.scan,
        ]
        .into_iter()
        .flatten()
        .for_each(from_base);
        // Where there is no data folder it lies beside the configuration.
        config.tombstones.get_or_insert_with(|| config.data.as_deref().unwrap_or(base).join("tombstones"));
        config.address()?;
        Ok(config)
    }

    /// Where cleaned copies are given out.
    pub(crate) fn files_listen(&self) -> SocketAddr {
        let beside = || SocketAddr::new(self.desk.listen.ip(), after(self.desk.listen.port()));
        self.files.listen.unwrap_or_else(beside)
    }

    /// The origin of cleaned copies, as browsers reach it.
    pub(crate) fn files_origin(&self) -> Result<String> {
        if let Some(origin) = &self.files.origin {
            return Ok(origin.trim_end_matches('/').to_owned());
        }
        let desk: axum::http::Uri = self.desk.origin.parse().context("the desk's `origin` is not an address")?;
        let (Some(scheme), Some(host)) = (desk.scheme_str(), desk.host()) else { bail!("the desk's `origin` is not an address") };
        let port = desk.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
        Ok(format!("{scheme}://{host}:{}", after(port)))
    }

    /// Where the list of what was erased is.
    pub(crate) fn tombstones(&self) -> TombstoneFile {
        TombstoneFile::at(self.tombstones.clone().unwrap_or_else(|| PathBuf::from("tombstones")))
    }

    /// Where the records are.
    pub(crate) fn address(&self) -> Result<Address> {
        match (&self.data, &self.postgres) {
            (Some(folder), None) => Ok(Address::Sqlite(folder.clone())),
            (None, Some(url)) => Ok(Address::Postgres(url.clone())),
            (Some(_), Some(_)) => bail!("the configuration has both `data` and `postgres`: keep one"),
            (None, None) => bail!("the configuration needs `data` (a folder for SQLite) or `postgres` (an address)"),
        }
    }
}

fn after(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(port - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        data = "data"
        keys = { public = "keys/public.key", desk = "keys/desk.key" }
        public = { listen = "127.0.0.1:8080" }
        desk = { listen = "127.0.0.1:8081", origin = "http://localhost:8081" }
    "#;

    fn read(text: &str) -> Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plainsight.toml");
        std::fs::write(&file, text).unwrap();
        Config::read(&file)
    }

    #[test]
    fn paths_are_taken_from_the_folder_of_the_file() {
        let config = read(SMALL).unwrap();
        assert!(config.keys.public.is_absolute());
        assert!(config.keys.public.ends_with("keys/public.key"));
        assert_eq!(config.jurisdictions, ["england"]);
    }

    /// Nothing is shown to a scanner unless an operator says so.
    #[test]
    fn scanning_is_chosen() {
        assert_eq!(read(SMALL).unwrap().files.scan, None);
        let chosen = read(&format!("{SMALL}\n[files]\nscan = \"/run/clamav/clamd.ctl\"\n")).unwrap();
        assert_eq!(chosen.files.scan, Some(PathBuf::from("/run/clamav/clamd.ctl")));
        let error = format!("{:#}", read(&format!("{SMALL}\n[files]\nscann = \"/run\"\n")).unwrap_err());
        assert!(error.contains("scann"), "{error}");
    }

    #[test]
    fn a_mistake_is_named() {
        let error = format!("{:#}", read(&SMALL.replace("listen", "lisen")).unwrap_err());
        assert!(error.contains("lisen"), "{error}");
        let error = format!("{:#}", read(&format!("postgres = \"postgres://x\"\n{SMALL}")).unwrap_err());
        assert!(error.contains("keep one"), "{error}");
        let error = format!("{:#}", read(&SMALL.replace("data = \"data\"", "")).unwrap_err());
        assert!(error.contains("`data`"), "{error}");
    }

    #[test]
    fn files_have_an_origin_of_their_own_whether_or_not_it_is_named() {
        let beside = read(SMALL).unwrap();
        assert_eq!(beside.files_listen().to_string(), "127.0.0.1:8082");
        assert_eq!(beside.files_origin().unwrap(), "http://localhost:8082");
        let named = format!("{SMALL}\n[files]\nlisten = \"127.0.0.1:9000\"\norigin = \"https://files.example.org/\"\n");
        let named = read(&named).unwrap();
        assert_eq!(named.files_listen().to_string(), "127.0.0.1:9000");
        assert_eq!(named.files_origin().unwrap(), "https://files.example.org");
        let https = read(&SMALL.replace("http://localhost:8081", "https://desk.example.org")).unwrap();
        assert_eq!(https.files_origin().unwrap(), "https://desk.example.org:444");
        let last = read(&SMALL.replace("8081", "65535")).unwrap();
        assert_eq!(last.files_origin().unwrap(), "http://localhost:65534");
        assert!(read(&SMALL.replace("http://localhost:8081", "localhost")).unwrap().files_origin().is_err());
    }
}
