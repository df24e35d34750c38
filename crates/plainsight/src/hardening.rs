//! Hardening of the process: no core dumps, no debugger of another user's. We promise this, not that every plaintext byte
//! is wiped.

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// Asked for at the start of every process that holds keys or plaintext. A refusal is told, not hidden.
pub(crate) fn harden() {
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        tracing::warn!(%error, "core dumps could not be switched off");
    }
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        tracing::warn!(%error, "the process could not be made undumpable");
    }
}

/// The process ends when the one that started it ends, however that ended.
pub(crate) fn end_with_parent() {
    if let Err(error) = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::TERM)) {
        tracing::warn!(%error, "this process may outlive the one that started it");
    }
}
