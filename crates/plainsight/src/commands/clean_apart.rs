//! `plainsight clean-apart`: the worker that cleans one file. It is a process of its own because it reads what strangers sent.
//! Before it reads a byte it gives up everything but computing; it has no configuration, no log, no keys and one thread.

use std::io::{self, Write};
use std::process::ExitCode;

use plainsight_apart::{BadHead, CleanedCopy, Code, Head, Limits, MOST_FILE, Measure, Measuring, Outcome, confine};
use plainsight_media::{Cleaned, Kind, Reason};

use crate::complain;

pub(crate) fn clean_apart() -> ExitCode {
    let confined = match confine(&Limits::default()) {
        Ok(confined) => confined,
        Err(error) => {
            let code = error.exit_code();
            complain(&error.into());
            return ExitCode::from(code);
        }
    };
    let received = match confined.receive(MOST_FILE) {
        Ok(received) => received,
        Err(error) => {
            let code = error.exit_code();
            complain(&error.into());
            return ExitCode::from(code);
        }
    };
    let answered = confined.answer(|to| match &received.bytes {
        Some(bytes) => clean(bytes, received.measure, to),
        None => send(&Head { input: received.measure, outcome: refused(Reason::TooMuch.name(), None).map_err(io::Error::other)? }, to),
    });
    match answered {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&anyhow::Error::from(error).context("the answer could not be given"));
            ExitCode::FAILURE
        }
    }
}

/// Cleans these bytes and sends the head, and the copy if there is one.
fn clean(bytes: &[u8], input: Measure, to: &mut dyn Write) -> io::Result<()> {
    let cleaned = plainsight_media::clean(bytes);
    let outcome = match &cleaned {
        // Written twice, the first time only to be measured: the copy is not in memory, and what is said of it goes ahead.
        Ok(cleaned) => {
            let mut measuring = Measuring::default();
            cleaned.write(bytes, &mut measuring)?;
            told(cleaned, measuring.end())
        }
        Err(refusal) => refused(refusal.code(), refusal.kind().map(Kind::name)),
    };
    send(&Head { input, outcome: outcome.map_err(io::Error::other)? }, to)?;
    match cleaned {
        Ok(cleaned) => cleaned.write(bytes, &mut &mut *to),
        Err(_) => Ok(()),
    }
}

fn told(cleaned: &Cleaned, output: Measure) -> Result<Outcome, BadHead> {
    Ok(Outcome::Cleaned(CleanedCopy {
        kind: Code::try_from(cleaned.kind().name())?,
        removed: cleaned
            .removed()
            .iter()
            .map(|(trace, count)| Ok((Code::try_from(trace.name())?, *count)))
            .collect::<Result<_, BadHead>>()?,
        kept: cleaned.kept().iter().map(|kept| Code::try_from(kept.name())).collect::<Result<_, _>>()?,
        output,
    }))
}

fn refused(reason: &str, kind: Option<&str>) -> Result<Outcome, BadHead> {
    Ok(Outcome::Refused { reason: Code::try_from(reason)?, kind: kind.map(Code::try_from).transpose()? })
}

fn send(head: &Head, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(&head.frame().map_err(io::Error::other)?)
}

#[cfg(test)]
mod tests {
    use plainsight_media::{Kept, Trace};

    use super::*;

    /// What the engine names, the head can say.
    #[test]
    fn every_name_of_the_engine_is_a_code() {
        let names = [Kind::ALL.iter().map(|each| each.name()).collect::<Vec<_>>(), Trace::ALL.iter().map(|each| each.name()).collect()]
            .into_iter()
            .chain([Kept::ALL.iter().map(|each| each.name()).collect(), Reason::ALL.iter().map(|each| each.name()).collect()]);
        for name in names.flatten() {
            assert_eq!(Code::try_from(name).as_ref().map(Code::as_str), Ok(name));
        }
    }
}
