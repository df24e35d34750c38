//! That a backup was put back without the newest list of tombstones: what was erased after it may be back. It stands in a file beside the
//! list until somebody answers it, for the restoring itself makes a list, and the next one would find it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use plainsight_store::backup::write_file;

/// The question whether there is a newer list.
pub(crate) struct NewerList(PathBuf);

impl NewerList {
    /// Beside this list of tombstones.
    pub(crate) fn beside(list: &Path) -> Self {
        let mut name = list.as_os_str().to_owned();
        name.push(".missing");
        Self(name.into())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// After which moment erasures may be missing, as the name of a backup says it; nothing when nobody has to answer.
    pub(crate) fn since(&self) -> Result<Option<String>> {
        match fs::read_to_string(&self.0) {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("could not read {}", self.0.display())),
        }
    }

    /// Asks, before a list is made. Of two backups that were put back one after the other the later knows more.
    pub(crate) async fn ask(&self, since: &str) -> Result<()> {
        let since = self.since()?.map_or_else(|| since.to_owned(), |before| before.max(since.to_owned()));
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder).with_context(|| format!("could not make the folder {}", folder.display()))?;
        }
        let fresh = self.0.with_extension("missing-new");
        if fresh.exists() {
            fs::remove_file(&fresh).with_context(|| format!("could not delete {}", fresh.display()))?;
        }
        write_file(&fresh, format!("{since}\n").as_bytes()).await?;
        fs::rename(&fresh, &self.0).with_context(|| format!("could not write {}", self.0.display()))
    }

    /// A newer list was given.
    pub(crate) fn answered(&self) -> Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("could not delete {}", self.0.display()))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_is_asked_until_somebody_answers() {
        let folder = tempfile::tempdir().unwrap();
        let question = NewerList::beside(&folder.path().join("sealed/tombstones"));
        assert!(question.path().ends_with("sealed/tombstones.missing"));
        assert_eq!(question.since().unwrap(), None);
        question.answered().unwrap();
        let [first, second, third] = ["2026-12-01T100000Z", "2026-12-02T100000Z", "2026-12-03T100000Z"];
        for (since, told) in [(second, second), (first, second), (third, third)] {
            question.ask(since).await.unwrap();
            assert_eq!(question.since().unwrap().as_deref(), Some(told), "{since}");
        }
        question.answered().unwrap();
        assert_eq!(question.since().unwrap(), None);
    }
}
