//! A target for fuzzing: what anybody can post to the report site, as a plain function of bytes. It may not panic.

use rand::SeedableRng;
use rand::rngs::StdRng;
use time::OffsetDateTime;

use crate::draft::{Draft, Drafts, State};
use crate::fields::Fields;
use crate::form::FormKey;
use crate::questions::{Page, absorb, check, finish, nothing_to_send, too_long};
use crate::report::{Path, Report};

/// The seed of the keys that a target holds, so that a corpus of states that open can be committed.
pub const SEED: [u8; 32] = [7; 32];
/// What the target takes for now.
pub const NOW: OffsetDateTime = time::macros::datetime!(2026-12-01 10:20:30 UTC);

/// A posted form with this state in it, as a good page would send it.
pub fn good_form(page: &str, words: &str) -> Vec<u8> {
    let report = Report { path: Path::Me, words: words.to_owned(), ..Report::default() };
    let mut rng = StdRng::from_seed(SEED);
    let draft = Draft::of(report, FormKey::draw(&mut rng));
    let state = drafts().seal_at(&draft, NOW, &mut rng).unwrap_or_default();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("state", &state).append_pair("page", page).append_pair("words", words);
    form.append_pair("place", "Mill Lane").append_pair("danger", "yes").append_pair("reach", "telephone");
    form.append_pair("sign-doc-held", "yes").append_pair("setting", "car-wash").append_pair("go", "send");
    form.finish().into_bytes()
}

/// Reads a posted form and the state in it, takes the answers of its page, and seals the state of the next page. A report
/// that is short enough to be stored fits into a form state, and comes out of it as it went in.
///
/// # Panics
/// When one of these rules is broken.
pub fn form(bytes: &[u8]) {
    let fields = Fields::parse(bytes);
    let mut rng = StdRng::from_seed(SEED);
    let mut draft = match drafts().open(fields.get("state"), NOW) {
        State::Open(draft) | State::Expired(draft) => *draft,
        State::None | State::Unknown => Draft::of(Report::default(), FormKey::draw(&mut rng)),
    };
    let known = |setting: &str| plainsight_vocabulary::setting(setting).is_some();
    let pages = [Page::Me, Page::Work, Page::Complain, Page::Danger, Page::Place, Page::Signs, Page::Words, Page::Contact, Page::Check];
    for page in fields.get("page").and_then(Page::parse).map_or(pages.to_vec(), |page| vec![page]) {
        absorb(page, &fields, &mut draft.report);
        let _ = (check(page, &draft.report, known), nothing_to_send(page, &draft.report));
    }
    let mut report = draft.report.clone();
    finish(&mut report, known, |sign| plainsight_vocabulary::sign(sign).is_some());
    let once = report.clone();
    finish(&mut report, known, |sign| plainsight_vocabulary::sign(sign).is_some());
    assert!(report == once, "finishing twice must change nothing more");
    let _ = (draft.receipt(NOW), draft.mailbox(NOW), draft.was_sent());
    if !too_long(&draft.report).is_empty() {
        return;
    }
    let sealed = drafts().seal_at(&draft, NOW, &mut rng);
    assert!(sealed.is_ok(), "a report that can be stored must fit into a form state");
    match drafts().open(sealed.ok().as_deref(), NOW) {
        State::Open(opened) => assert!(opened.report == draft.report, "a report must come back as it went"),
        _ => panic!("a fresh state must open"),
    }
}

fn drafts() -> Drafts {
    Drafts::new(zeroize::Zeroizing::new(SEED))
}
