//! Targets for fuzzing: what anybody can post to the report site, as plain functions of bytes. They may not panic.

use axum::body::{Body, Bytes};
use rand::SeedableRng;
use rand::rngs::StdRng;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::chosen::{Chosen, MOST_FILES, add};
use crate::draft::{Draft, Drafts, State};
use crate::fields::Fields;
use crate::form::FormKey;
use crate::parcel::{FileKey, LARGEST, LONGEST_NAME};
use crate::questions::{Page, absorb, check, finish, nothing_to_send, too_long};
use crate::report::{Path, Report};
use crate::screens::posted::Posted;

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
    let tickets = fields.all("ticket").filter_map(|sealed| drafts().open_ticket(sealed, NOW)).map(|ticket| ticket.ticket);
    let over = add(&mut draft.files, tickets);
    assert!(draft.files.len() <= MOST_FILES && (over.is_empty() || draft.files.len() == MOST_FILES), "no more files than are taken");
    // Beside whatever was typed there is room for the most files with the longest names. Tried now and then: it takes its time.
    let most = if bytes.len().is_multiple_of(16) { MOST_FILES } else { 0 };
    for number in draft.files.len()..most {
        let (id, key) = (Uuid::from_u128(number as u128), FileKey::draw(&mut rng));
        let name = char::MAX.to_string().repeat(LONGEST_NAME);
        draft.files.push(Chosen { id, key, name, size: LARGEST, hash: Some([255; 32]) });
    }
    let known = |setting: &str| plainsight_vocabulary::setting(setting).is_some();
    let pages = [
        Page::Me,
        Page::Work,
        Page::Complain,
        Page::Danger,
        Page::Place,
        Page::Signs,
        Page::Words,
        Page::Contact,
        Page::Files,
        Page::Check,
    ];
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
        State::Open(opened) => {
            assert!(opened.report == draft.report && opened.files == draft.files, "a report must come back as it went");
        }
        _ => panic!("a fresh state must open"),
    }
}

/// A form in parts, as a browser sends it: its first line is the boundary.
pub fn good_parts() -> Vec<u8> {
    let field = |name: &str, value: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let file = "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"C:\\Ana\\van.jpg\"\r\n\r\nnot\r\n--edg\r\n";
    [field("state", "abc"), field("words", "a\r\nb"), file.to_owned(), field("go", "send"), "--edge--\r\n".to_owned()].concat().into_bytes()
}

/// Reads a form in parts to its end, the first line naming the boundary. How the line cuts it into pieces changes nothing, no
/// name of a file is a path or too long, and the fields hold no more than was sent.
///
/// # Panics
/// When one of these rules is broken.
pub fn parts(bytes: &[u8]) {
    let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let boundary = String::from_utf8_lossy(line.strip_prefix(b"--").unwrap_or(line)).into_owned();
    let kind = format!("multipart/form-data; boundary=\"{}\"", boundary.replace(['"', '\\'], ""));
    let whole = read_parts(&kind, bytes, bytes.len().max(1));
    for size in [1, 7] {
        assert!(read_parts(&kind, bytes, size) == whole, "the same form in other pieces is another");
    }
    let Some((fields, files)) = whole else { return };
    for (name, holds) in &files {
        assert!(!name.contains(['/', '\\', '\r', '\n', '\u{202e}']) && name.chars().count() <= LONGEST_NAME, "a name that may harm");
        assert!(holds.len() <= bytes.len());
    }
    // What is no text becomes the replacement sign, which is three bytes long.
    let held: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(held <= 3 * bytes.len(), "more was read than was sent");
}

type Read = (Vec<(String, String)>, Vec<(String, Vec<u8>)>);

/// None for what is no form. The body is in memory: each look at it goes on.
fn read_parts(kind: &str, bytes: &[u8], size: usize) -> Option<Read> {
    let pieces: Vec<Result<Bytes, std::io::Error>> = bytes.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    let mut reading = std::pin::pin!(async {
        let mut posted = Posted::in_parts(kind, body).ok()?;
        let mut files = Vec::new();
        while let Some(head) = posted.next_file().await.ok()? {
            let mut holds = Vec::new();
            while let Ok(Some(chunk)) = posted.chunk().await {
                holds.extend_from_slice(&chunk);
            }
            files.push((head.name, holds));
        }
        Some((posted.fields.with_prefix("").map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), files))
    });
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(read) = reading.as_mut().poll(&mut context) {
            return read;
        }
    }
}

fn drafts() -> Drafts {
    Drafts::new(zeroize::Zeroizing::new(SEED))
}
