//! What can be wrong with a scenario, said so that its author can mend it.

use std::path::PathBuf;

/// Why a scenario cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Neither a built-in name nor a folder.
    #[error(
        "there is no scenario \"{name}\": it is not built in ({known}) and not a folder; give one of those names or the path of a folder"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// The built-in names.
        known: String,
    },
    /// A file of the scenario is not there or cannot be read.
    #[error("the scenario's file {file} cannot be read: {source}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// A built-in scenario lacks a file: a mistake of this program.
    #[error("the built-in scenario lacks the file {file}")]
    NotEmbedded {
        /// The file.
        file: String,
    },
    /// A file is not the TOML or CSV that it should be.
    #[error("the scenario's file {file} is malformed: {problem}")]
    Malformed {
        /// The file.
        file: String,
        /// Where and what.
        problem: String,
    },
    /// A file names something that the others do not have.
    #[error("the scenario's file {file} does not fit the rest: {problem}")]
    Unfit {
        /// The file.
        file: String,
        /// What does not fit.
        problem: String,
    },
}

impl ScenarioError {
    pub(crate) fn unfit(file: &str, problem: impl Into<String>) -> Self {
        Self::Unfit { file: file.to_owned(), problem: problem.into() }
    }
}
