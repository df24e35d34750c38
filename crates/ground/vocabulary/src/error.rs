//! What can be wrong with a file of words, said so that the person who wrote the file can mend it.

use std::fmt;

/// A file from outside (or one of ours, in a test) cannot be used.
///
/// It names the file, the line where that is known, what is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct FileError {
    /// The file as the operator named it.
    pub file: String,
    /// Line number counted from 1, where known.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What the person who keeps the file should do.
    pub advice: String,
}

impl FileError {
    pub(crate) fn new(file: &str, line: Option<usize>, problem: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, problem: problem.into(), advice: advice.into() }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}. {}", self.problem, self.advice)
    }
}

/// A text with the name of its file, so that a place in it can be named by line.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    /// The line (from 1) of a byte offset.
    pub(crate) fn line(&self, offset: usize) -> usize {
        let upto = self.text.len().min(offset);
        self.text.bytes().take(upto).filter(|&byte| byte == b'\n').count() + 1
    }

    pub(crate) fn error(&self, offset: usize, problem: impl Into<String>, advice: impl Into<String>) -> FileError {
        FileError::new(self.file, Some(self.line(offset)), problem, advice)
    }
}
