//! Nobody tasks a reporter. Whoever comes back again and again with news of what somebody else does may be on the way to
//! become a covert human intelligence source without anybody having decided it (Regulation of Investigatory Powers Act
//! 2000, section 26; CHIS code of practice 2022). At the third report under one receipt the dialogue pauses until a
//! supervisor has looked and has written down why it may go on; so it does when one number or address stands in several
//! reports that make three. The reporter can always write.

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
    // The papers stand in the order of time: a supervisor's word counts for what came before it.
    brings_news(report) && count(papers.iter().map(|(_, _, paper)| paper), true) >= REPORTS
}

/// How many reports lie in this folder, whatever a supervisor said since; none of whoever is never paused, and none of a text
/// or mail that a gateway handed in: nobody knows to whom it is happening.
pub(crate) fn reports<'a>(report: &Report, papers: impl Iterator<Item = &'a Paper>) -> usize {
    let unasked = report.handed.as_ref().is_some_and(|handed| handed.unasked);
    if brings_news(report) && !unasked { count(papers, false) } else { 0 }
}

/// Whether so many reports of one number, in this folder and in others, are for a supervisor to look at.
pub(crate) fn too_many(here: usize, elsewhere: usize) -> bool {
    here > 0 && elsewhere > 0 && here + elsewhere >= REPORTS
}

fn brings_news(report: &Report) -> bool {
    report.path != Path::Me && report.proximity != Some(Proximity::Professional) && report.about != About::Complaint
}

fn count<'a>(papers: impl Iterator<Item = &'a Paper>, a_word_ends_it: bool) -> usize {
    let mut reports = 1;
    let mut asked = false;
    for paper in papers {
        match paper {
            // What came under other receipts counts as much as what came under this one.
            Paper::Note(note) if a_word_ends_it && note.marks == Some(Mark::Source) => reports = REPORTS,
            Paper::Message(message) if message.from == From::Desk => asked |= message.asks,
            // How they may be reached is no news of anybody, and leaves what we asked open.
            Paper::Message(message) if message.is_only_wishes() => {}
            // Whoever answers what we asked brings no news of their own accord.
            Paper::Message(_) if asked => asked = false,
            Paper::Message(_) => reports += 1,
            Paper::Note(note) if a_word_ends_it && note.marks == Some(Mark::GoOn) => reports = 0,
            _ => {}
        }
    }
    reports
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

    /// One person under several receipts is told apart from nobody but by the number that they gave.
    #[test]
    fn reports_of_one_number_elsewhere_pause_as_well_until_a_supervisors_word() {
        let report = Report::default();
        let mut papers = vec![note(Some(Mark::Source))];
        assert!(paused(&report, &papers));
        papers.push(note(Some(Mark::GoOn)));
        assert!(!paused(&report, &papers));
        let count = |report: &Report, papers: &[(Uuid, OffsetDateTime, Paper)]| reports(report, papers.iter().map(|(_, _, paper)| paper));
        assert_eq!(count(&report, &papers), 1, "what a supervisor said here is no word on what came elsewhere");
        papers.extend([message(From::Reporter), question(), message(From::Reporter)]);
        assert_eq!(count(&report, &papers), 2);
        for never in [
            Report { path: Path::Me, ..Report::default() },
            Report { proximity: Some(Proximity::Professional), ..Report::default() },
            Report { handed: Some(crate::report::Handed { unasked: true, ..Default::default() }), ..Report::default() },
        ] {
            assert_eq!(count(&never, &papers), 0);
        }
        for (here, elsewhere, much) in [(1, 1, false), (1, 2, true), (2, 1, true), (3, 0, false), (0, 9, false)] {
            assert_eq!(too_many(here, elsewhere), much, "{here} {elsewhere}");
        }
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
