//! Whether files can be cleaned on this machine: the worker is started and given an empty one.

use plainsight_apart::{Apart, Limits, Outcome, Program, clean};

use super::Findings;

pub(super) async fn look(findings: &mut Findings) {
    let apart = Apart::new(Program::this(&["clean-apart"]), Limits::default());
    match clean(&apart, &b""[..], tokio::io::sink()).await.map(|head| head.outcome) {
        Ok(Outcome::Refused { .. }) => findings.fine.push("files are cleaned in a process that is confined".to_owned()),
        Ok(Outcome::Cleaned(_)) => {
            findings.wrong.push("the worker that cleans files made a copy of nothing: see whether the program is whole".to_owned())
        }
        Err(error) => findings.wrong.push(format!("no file can be cleaned on this machine: {error}")),
    }
}
