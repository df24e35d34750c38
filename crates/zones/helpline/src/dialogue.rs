//! Nobody tasks a reporter. Whoever comes back again and again with news of what somebody else does may be on the way to
//! become a covert human intelligence source without anybody having decided it (Regulation of Investigatory Powers Act
//! 2000, section 26; CHIS code of practice 2022). At the third report under one receipt the dialogue pauses until a
//! supervisor has looked and has written down why it may go on. The reporter can always write.

use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_vocabulary::Proximity;

use crate::acts::open::Paper;
use crate::message::{From, Mark};
use crate::report::{About, Path, Report};

/// So many reports under one receipt, the first among them, are looked at by a supervisor.
const REPORTS: usize = 3;

/// Whether the dialogue waits for a supervisor. It never does for whom it is happening to, nor for somebody whose work it
/// is to tell us, nor for somebody who complains about us and not about others.
pub(crate) fn paused(report: &Report, papers: &[(Uuid, OffsetDateTime, Paper)]) -> bool {
    if report.path == Path::Me || report.proximity == Some(Proximity::Professional) || report.about == About::Complaint {
        return false;
    }
    // The papers stand in the order of time: a supervisor's word counts for what came before it.
    let mut reports = 1;
    let mut asked = false;
    for (_, _, paper) in papers {
        match paper {
            Paper::Message(message) if message.from == From::Desk => asked |= message.asks,
            // How they may be reached is no news of anybody, and leaves what we asked open.
            Paper::Message(message) if message.is_only_wishes() => {}
            // Whoever answers what we asked brings no news of their own accord.
            Paper::Message(_) if asked => asked = false,
            Paper::Message(_) => reports += 1,
            Paper::Note(note) if note.marks == Some(Mark::GoOn) => reports = 0,
            _ => {}
        }
    }
    reports >= REPORTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Message, Note};
    use crate::report::SafeContact;

    const AT: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn message(from: From) -> (Uuid, OffsetDateTime, Paper) {
        (Uuid::nil(), AT, Paper::Message(Message::new(from, AT, "")))
    }

    fn wishes() -> (Uuid, OffsetDateTime, Paper) {
        let wishes = Some(SafeContact::default());
        (Uuid::nil(), AT, Paper::Message(Message { wishes, ..Message::new(From::Reporter, AT, " ") }))
    }

    fn question() -> (Uuid, OffsetDateTime, Paper) {
        (Uuid::nil(), AT, Paper::Message(Message { asks: true, ..Message::new(From::Desk, AT, "") }))
    }

    fn note(marks: Option<Mark>) -> (Uuid, OffsetDateTime, Paper) {
        (Uuid::nil(), AT, Paper::Note(Note::new(Uuid::nil(), AT, String::new(), marks)))
    }

    #[test]
    fn the_third_report_under_one_receipt_pauses_and_a_supervisors_word_lets_it_go_on() {
        let report = Report::default();
        let mut papers = vec![message(From::Reporter), message(From::Desk), note(None), message(From::Desk)];
        assert!(!paused(&report, &papers));
        papers.push(message(From::Reporter));
        assert!(paused(&report, &papers));
        papers.push(note(Some(Mark::GoOn)));
        assert!(!paused(&report, &papers));
        papers.extend([message(From::Reporter), message(From::Reporter)]);
        assert!(!paused(&report, &papers));
        papers.push(message(From::Reporter));
        assert!(paused(&report, &papers));
    }

    #[test]
    fn an_answer_to_what_we_asked_is_no_report() {
        let report = Report::default();
        let mut papers = vec![question(), message(From::Reporter), question(), message(From::Reporter)];
        assert!(!paused(&report, &papers));
        papers.push(message(From::Reporter));
        assert!(!paused(&report, &papers), "the second report: one answer answers one question");
        papers.push(message(From::Reporter));
        assert!(paused(&report, &papers));
    }

    /// Whoever makes themselves safer is not counted as somebody who brings news, and still owes the answer.
    #[test]
    fn how_somebody_may_be_reached_is_neither_a_report_nor_an_answer() {
        let report = Report::default();
        let mut papers = vec![wishes(), wishes(), wishes(), question(), wishes(), message(From::Reporter)];
        assert!(!paused(&report, &papers));
        papers.push(message(From::Reporter));
        assert!(!paused(&report, &papers), "the second report: the first word after the question answered it");
        papers.extend([wishes(), message(From::Reporter)]);
        assert!(paused(&report, &papers));
        // With words beside them it is news like any other.
        let news = Message { wishes: Some(SafeContact::default()), ..Message::new(From::Reporter, AT, "he came again") };
        let news = || (Uuid::nil(), AT, Paper::Message(news.clone()));
        assert!(paused(&report, &[news(), news()]));
    }

    #[test]
    fn it_never_pauses_for_whom_it_is_happening_to_or_whose_work_it_is() {
        let papers = [message(From::Reporter), message(From::Reporter), message(From::Reporter)];
        assert!(!paused(&Report { path: Path::Me, ..Report::default() }, &papers));
        assert!(!paused(&Report { proximity: Some(Proximity::Professional), ..Report::default() }, &papers));
        assert!(!paused(&Report { about: About::Complaint, ..Report::default() }, &papers));
        assert!(paused(&Report { proximity: Some(Proximity::Known), ..Report::default() }, &papers));
    }
}
