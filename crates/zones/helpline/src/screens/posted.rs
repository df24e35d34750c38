//! A form as it comes in: urlencoded, or in parts with files among them. Fields are collected; a file is given on piece by
//! piece as it comes and is never whole in memory. What came before a line was cut is kept: nothing typed is thrown away.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use multer::{Field, Multipart};

use crate::chosen::MOST_FILES;
use crate::fields::Fields;
use crate::parcel::{LARGEST, LONGEST_NAME};

/// The most that all fields of a form which are no files may hold: ten times what the longest report needs.
pub(crate) const LARGEST_FORM: usize = 512 * 1024;
/// More than this of one post is not read.
const LARGEST_POST: u64 = MOST_FILES as u64 * LARGEST + 1024 * 1024;
/// So much may be read without anything coming of it, before it is no form: the head of a part, or what stands before the
/// first.
const LONGEST_SEARCH: usize = 1024 * 1024;
/// What a field takes beside its name and value, so that many empty ones are too many too.
const BESIDE_A_FIELD: usize = 64;
/// What follows the last dot of a name is kept when a name is cut, up to so many characters.
const LONGEST_ENDING: usize = 10;

/// Why a form cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PostError {
    #[error("the fields of a form hold more than is read")]
    TooLarge,
    #[error("this is no form")]
    Malformed,
}

impl IntoResponse for PostError {
    /// Bare: the face puts a page for people in its place.
    fn into_response(self) -> Response {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Self::Malformed => StatusCode::BAD_REQUEST.into_response(),
        }
    }
}

/// The line was cut, or more came than is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rest of this form did not come")]
pub(crate) struct Cut;

/// A file in a form, before anything of it is read.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FileHead {
    /// The name of the form's field.
    pub(crate) field: String,
    /// What the sender's machine calls it, made harmless to show.
    pub(crate) name: String,
}

shows_nothing!(FileHead);

/// A posted form that is being read. Take every file that [`Posted::next_file`] gives; then the fields are whole.
pub(crate) struct Posted {
    pub(crate) fields: Fields,
    parts: Option<Parts>,
    cut: bool,
    /// What all fields may still hold.
    room: usize,
}

struct Parts {
    reader: Multipart<'static>,
    progress: Arc<Progress>,
    /// The file that is being read, and what was read of it to see whether there is anything.
    current: Option<(Field<'static>, Option<Bytes>)>,
    /// Whether anything came that makes it a form.
    any: bool,
}

/// What came of what was read so far.
#[derive(Default)]
struct Progress {
    /// Bytes that were read since something last came of them.
    unread: AtomicUsize,
    /// How often something came of them.
    steps: AtomicUsize,
}

impl Progress {
    fn step(&self) {
        self.unread.store(0, Ordering::Relaxed);
        self.steps.fetch_add(1, Ordering::Relaxed);
    }
}

impl Posted {
    /// Begins to read. What is no form in parts is read whole, up to the limit that the route's own layer sets.
    pub(crate) async fn open(request: Request) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        if !kind.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/")) {
            let body = Bytes::from_request(request, &()).await.map_err(IntoResponse::into_response)?;
            return Ok(Self { fields: Fields::parse(&body), parts: None, cut: false, room: 0 });
        }
        Self::in_parts(&kind, request.into_body()).map_err(IntoResponse::into_response)
    }

    pub(crate) fn in_parts(kind: &str, body: Body) -> Result<Self, PostError> {
        let boundary = multer::parse_boundary(kind).map_err(|_| PostError::Malformed)?;
        let progress = Arc::<Progress>::default();
        let pieces = OneByOne { body: body.into_data_stream(), progress: progress.clone(), read: 0, rest: false, ended: None };
        let parts = Parts { reader: Multipart::new(pieces, boundary), progress, current: None, any: false };
        Ok(Self { fields: Fields::default(), parts: Some(parts), cut: false, room: LARGEST_FORM })
    }

    /// Whether the end of the form did not come. The fields are those that came before.
    pub(crate) fn was_cut(&self) -> bool {
        self.cut
    }

    /// The next file, with all fields before it read. What was not read of the one before is let go; a field for files in
    /// which nothing was chosen is passed over.
    pub(crate) async fn next_file(&mut self) -> Result<Option<FileHead>, PostError> {
        while self.chunk().await.is_ok_and(|chunk| chunk.is_some()) {}
        loop {
            let Some(parts) = self.parts.as_mut().filter(|_| !self.cut) else { return Ok(None) };
            let mut field = match parts.reader.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => return Ok(None),
                Err(_) if parts.any => {
                    self.cut = true;
                    return Ok(None);
                }
                // Nothing at all came of it: a wrong boundary, or no form.
                Err(_) => return Err(PostError::Malformed),
            };
            parts.any = true;
            parts.progress.step();
            let name = field.name().unwrap_or_default().to_owned();
            let Some(file) = field.file_name().map(harmless) else {
                self.text(name, field).await?;
                continue;
            };
            match read(&mut field, &parts.progress).await {
                Ok(None) if file.is_empty() => {}
                Ok(first) => {
                    parts.current = Some((field, first));
                    return Ok(Some(FileHead { field: name, name: file }));
                }
                Err(Cut) => {
                    self.cut = true;
                    return Ok(None);
                }
            }
        }
    }

    /// The next piece of the file that was given last; none at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Cut> {
        if self.cut {
            return Err(Cut);
        }
        let Some(parts) = &mut self.parts else { return Ok(None) };
        let Some((field, first)) = &mut parts.current else { return Ok(None) };
        if let Some(first) = first.take() {
            return Ok(Some(first));
        }
        let next = read(field, &parts.progress).await;
        match next {
            Ok(Some(_)) => {}
            Ok(None) => parts.current = None,
            Err(Cut) => {
                parts.current = None;
                self.cut = true;
            }
        }
        next
    }

    /// Reads a field that is no file. What came of it before a cut counts: somebody typed it.
    async fn text(&mut self, name: String, mut field: Field<'static>) -> Result<(), PostError> {
        let Some(parts) = &mut self.parts else { return Ok(()) };
        let mut value = Vec::new();
        let mut room = self.room.checked_sub(name.len() + BESIDE_A_FIELD).ok_or(PostError::TooLarge)?;
        loop {
            match read(&mut field, &parts.progress).await {
                Ok(Some(bytes)) => {
                    room = room.checked_sub(bytes.len()).ok_or(PostError::TooLarge)?;
                    value.extend_from_slice(&bytes);
                }
                Ok(None) => break,
                Err(Cut) => {
                    self.cut = true;
                    break;
                }
            }
        }
        self.room = room;
        self.fields.add(name, String::from_utf8_lossy(&value).into_owned());
        Ok(())
    }
}

async fn read(field: &mut Field<'static>, progress: &Progress) -> Result<Option<Bytes>, Cut> {
    loop {
        let chunk = field.chunk().await.map_err(|_| Cut)?;
        progress.step();
        // The end of a part may come as an empty piece.
        if chunk.as_ref().is_none_or(|chunk| !chunk.is_empty()) {
            return Ok(chunk);
        }
    }
}

/// A body that gives one piece at a time. The reader of parts takes all that is there before it looks at any of it, and of
/// the head of a part as much as comes: neither may grow with what somebody sends. And it forgets what it holds of a part
/// when the end comes first: so the end comes when nothing more comes of what it holds.
struct OneByOne {
    body: BodyDataStream,
    progress: Arc<Progress>,
    read: u64,
    rest: bool,
    /// The end was there, after so many steps.
    ended: Option<usize>,
}

impl Stream for OneByOne {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let steps = self.progress.steps.load(Ordering::Relaxed);
        if std::mem::take(&mut self.rest) || self.ended.is_some_and(|before| before != steps) {
            self.ended = self.ended.map(|_| steps);
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.ended.is_some() {
            return Poll::Ready(None);
        }
        match std::task::ready!(Pin::new(&mut self.body).poll_next(context)) {
            Some(Ok(piece)) => {
                self.rest = true;
                self.read += piece.len() as u64;
                let unread = self.progress.unread.fetch_add(piece.len(), Ordering::Relaxed);
                let much = self.read > LARGEST_POST || unread > LONGEST_SEARCH;
                Poll::Ready(Some(if much { Err(axum::Error::new(Cut)) } else { Ok(piece) }))
            }
            // A line that broke is an end like any other: the reader says that something is missing.
            Some(Err(_)) | None => {
                self.ended = Some(steps);
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }
}

/// A name of a file as it may be shown: no folder of the sender's machine, nothing that turns the writing around, not too
/// long, with its ending.
pub(crate) fn harmless(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = |sign: &char| {
        !sign.is_control()
            && !matches!(sign, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let name: String = last.chars().filter(shown).collect();
    let name = name.trim();
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| format!(".{ending}")).filter(|ending| ending.chars().count() <= LONGEST_ENDING);
    let ending = ending.unwrap_or_default();
    let begins: String = name.chars().take(LONGEST_NAME - ending.chars().count()).collect();
    begins + &ending
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use proptest::prelude::*;

    use super::*;

    const KIND: &str = "multipart/form-data; boundary=edge";

    /// Fields, files, and whether the end did not come.
    type Read = (Vec<(String, String)>, Vec<(FileHead, Vec<u8>)>, bool);

    /// What a body says that comes in pieces of this size.
    fn read_all(kind: &str, body: &[u8], piece: usize) -> Result<Read, PostError> {
        let pieces: Vec<Result<Bytes, std::io::Error>> = body.chunks(piece).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut posted = Posted::in_parts(kind, Body::from_stream(stream::iter(pieces)))?;
            let mut files = Vec::new();
            while let Some(head) = posted.next_file().await? {
                let mut whole = Vec::new();
                while let Ok(Some(chunk)) = posted.chunk().await {
                    whole.extend_from_slice(&chunk);
                }
                files.push((head, whole));
            }
            let cut = posted.was_cut();
            Ok((posted.fields.with_prefix("").map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), files, cut))
        })
    }

    fn text(name: &str, value: &str) -> String {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    }

    fn file(field: &str, name: &str, holds: &str) -> String {
        format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n{holds}\r\n"
        )
    }

    fn head(field: &str, name: &str) -> FileHead {
        FileHead { field: field.to_owned(), name: name.to_owned() }
    }

    fn field(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn fields_and_files_come_as_they_were_sent_however_the_line_cuts_them() {
        let body = text("words", "it is\r\ncold")
            + &file("files", "a.jpg", "\r\n--edg almost")
            + &file("files", "", "")
            + &text("go", "continue")
            + &file("files", "b.jpg", "")
            + "--edge--\r\n";
        for piece in [1, 2, 3, 7, 50, 1000] {
            let (fields, files, cut) = read_all(KIND, body.as_bytes(), piece).unwrap();
            assert_eq!(fields, [field("words", "it is\r\ncold"), field("go", "continue")], "{piece}");
            // Nothing was chosen in one field; an empty file was chosen in another.
            let expected = [(head("files", "a.jpg"), b"\r\n--edg almost".to_vec()), (head("files", "b.jpg"), Vec::new())];
            assert!(files == expected, "{piece}");
            assert!(!cut, "{piece}");
        }
    }

    #[test]
    fn what_came_before_the_line_was_cut_is_kept() {
        let body = text("words", "help") + &file("files", "a.jpg", "a picture of") + &text("go", "send");
        for end in 1..body.len() {
            let Ok((fields, files, cut)) = read_all(KIND, &body.as_bytes()[..end], 5) else {
                assert!(end < text("words", "").len(), "{end}");
                continue;
            };
            assert!(cut, "{end}");
            if end >= text("words", "help").len() {
                assert_eq!(fields[0], field("words", "help"), "{end}");
            }
            assert!(files.len() <= 1);
        }
    }

    #[test]
    fn a_wrong_boundary_is_no_form() {
        let body = text("words", "help") + "--edge--";
        for kind in ["multipart/form-data; boundary=other", "multipart/form-data", "multipart/mixed; boundary=edge"] {
            assert_eq!(read_all(kind, body.as_bytes(), 9).err(), Some(PostError::Malformed), "{kind}");
        }
        assert_eq!(read_all(KIND, b"", 9).err(), Some(PostError::Malformed));
    }

    #[test]
    fn fields_hold_no_more_than_a_form_may_and_files_do() {
        let much = "x".repeat(LARGEST_FORM);
        assert_eq!(read_all(KIND, (text("words", &much) + "--edge--").as_bytes(), 65_536).err(), Some(PostError::TooLarge));
        let many = text("", "").repeat(LARGEST_FORM / BESIDE_A_FIELD + 1);
        assert_eq!(read_all(KIND, many.as_bytes(), 65_536).err(), Some(PostError::TooLarge));
        let (_, files, _) = read_all(KIND, (file("files", "a.jpg", &much) + "--edge--").as_bytes(), 65_536).unwrap();
        assert_eq!(files[0].1.len(), much.len());
    }

    #[test]
    fn the_head_of_a_part_does_not_grow_with_what_is_sent() {
        let body = "--edge\r\nContent-Disposition: form-data; name=\"".to_owned() + &"x".repeat(3 * LONGEST_SEARCH);
        assert_eq!(read_all(KIND, body.as_bytes(), 65_536).err(), Some(PostError::Malformed));
        let before = "x".repeat(3 * LONGEST_SEARCH) + &text("words", "help") + "--edge--";
        assert_eq!(read_all(KIND, before.as_bytes(), 65_536).err(), Some(PostError::Malformed));
    }

    #[test]
    fn a_name_shows_no_folder_and_turns_no_writing_around() {
        for (sent, shown) in [
            ("a.jpg", "a.jpg"),
            (r"C:\Users\Ana\Desktop\boss.jpg", "boss.jpg"),
            ("/home/ana/boss.jpg", "boss.jpg"),
            ("../../etc/passwd", "passwd"),
            ("gpj.\u{202e}exe.\u{0}\u{7}", "gpj.exe."),
            ("  ", ""),
            ("poză.jpg", "poză.jpg"),
        ] {
            assert_eq!(harmless(sent), shown, "{sent:?}");
        }
        let long = harmless(&("ș".repeat(300) + ".jpeg"));
        assert_eq!((long.chars().count(), long.ends_with("ș.jpeg")), (LONGEST_NAME, true));
        assert_eq!(harmless(&"x".repeat(300)).len(), LONGEST_NAME);
    }

    proptest! {
        /// Whatever is sent, the reader comes to an end; and how the line cuts it into pieces changes nothing.
        #[test]
        fn any_bytes_are_read_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..600), piece in 1..64usize) {
            let body = [text("words", "help").as_bytes(), bytes.as_slice()].concat();
            let whole = read_all(KIND, &body, body.len()).unwrap();
            prop_assert!(read_all(KIND, &body, piece).unwrap() == whole);
        }
    }
}
