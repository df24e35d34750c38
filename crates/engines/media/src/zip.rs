//! ZIP archives (APPNOTE 6.3): read by their directory, which must agree with every entry's own head, and written without
//! times, comments, extra fields or anything between entries.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::plan::{Cleaned, Pieces};
use crate::read::Reader;
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const MOST_ENTRIES: usize = 10_000;
/// One part inflated. A part of text grows about four times while it is worked on.
pub(crate) const MOST_PART: usize = 16 << 20;
/// One picture inside.
pub(crate) const MOST_PICTURE: usize = 24 << 20;
/// All parts inflated.
const MOST_ALL: u64 = 256 << 20;
/// The same, when some are asked for again and again.
const MOST_WORK: u64 = 768 << 20;
/// What of the copy is made anew: it is held in memory until it is written.
const MOST_WRITTEN: usize = 40 << 20;

pub(crate) struct Entry {
    pub(crate) name: String,
    deflated: bool,
    body: Range<usize>,
    size: usize,
    sum: u32,
}

pub(crate) struct Archive<'a> {
    bytes: &'a [u8],
    pub(crate) entries: Vec<Entry>,
    places: BTreeMap<String, usize>,
    inflated: Cell<u64>,
    /// Whether there is anything that is no entry: a comment, extra fields, gaps, times.
    pub(crate) says_more: bool,
    pub(crate) says_when: bool,
}

impl<'a> Archive<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Made<Self> {
        const WRONG: Fault = Fault::Damaged("the directory of its archive");
        let end = (bytes.len().saturating_sub(22 + 65_535)..=bytes.len().saturating_sub(22))
            .rev()
            .find(|at| {
                let mut reader = Reader::from(bytes, *at);
                reader.take(4) == Some(b"PK\x05\x06")
                    && reader.take(16).is_some()
                    && reader.le16().is_some_and(|length| usize::from(length) == reader.left())
            })
            .ok_or(WRONG)?;
        let mut reader = Reader::from(bytes, end + 4);
        let (Some([0, 0, 0, 0]), Some(here), Some(count)) = (reader.array::<4>(), reader.le16(), reader.le16()) else { return Err(WRONG) };
        let (Some(size), Some(start), Some(comment)) = (reader.le32(), reader.le32(), reader.le16()) else { return Err(WRONG) };
        let count = usize::from(count);
        if usize::from(here) != count || start as usize + size as usize != end {
            return Err(WRONG);
        }
        if count > MOST_ENTRIES {
            return Err(Fault::TooMuch("parts"));
        }
        let mut archive =
            Self { bytes, entries: Vec::new(), places: BTreeMap::new(), inflated: Cell::new(0), says_more: comment != 0, says_when: false };
        let mut spans = Vec::new();
        let mut directory = Reader::from(bytes.get(..end).ok_or(WRONG)?, start as usize);
        for _ in 0..count {
            spans.push(archive.read_entry(&mut directory)?);
        }
        if !directory.is_empty() {
            return Err(WRONG);
        }
        spans.sort_by_key(|span| span.start);
        let mut at = 0;
        for span in spans {
            if span.start < at {
                return Err(Fault::Damaged("parts of its archive lie over each other"));
            }
            archive.says_more |= span.start > at;
            at = span.end;
        }
        if at > start as usize {
            return Err(WRONG);
        }
        archive.says_more |= at < start as usize;
        if archive.entries.iter().map(|entry| entry.size as u64).sum::<u64>() > MOST_ALL {
            return Err(Fault::TooMuch("inflated bytes"));
        }
        let mut names = BTreeSet::new();
        if !archive.entries.iter().all(|entry| names.insert(entry.name.to_lowercase())) {
            return Err(Fault::Damaged("two parts of its archive have one name"));
        }
        archive.places = archive.entries.iter().enumerate().map(|(place, entry)| (entry.name.clone(), place)).collect();
        Ok(archive)
    }

    /// Reads one entry and gives the bytes that it takes.
    fn read_entry(&mut self, directory: &mut Reader<'a>) -> Made<Range<usize>> {
        const WRONG: Fault = Fault::Damaged("an entry of its archive");
        if directory.take(4) != Some(b"PK\x01\x02") {
            return Err(WRONG);
        }
        directory.take(4).ok_or(WRONG)?;
        let (flags, method) = directory.le16().zip(directory.le16()).ok_or(WRONG)?;
        let when = directory.array::<4>().ok_or(WRONG)?;
        let sum = directory.le32().ok_or(WRONG)?;
        let (packed, size) = directory.le32().zip(directory.le32()).ok_or(WRONG)?;
        let (name, extra) = directory.le16().zip(directory.le16()).ok_or(WRONG)?;
        let comment = directory.le16().ok_or(WRONG)?;
        directory.take(8).ok_or(WRONG)?;
        let start = directory.le32().ok_or(WRONG)? as usize;
        let name = directory.take(name.into()).ok_or(WRONG)?;
        directory.take(usize::from(extra) + usize::from(comment)).ok_or(WRONG)?;
        if flags & 0x2041 != 0 {
            return Err(Fault::Encrypted);
        }
        if !matches!(method, 0 | 8) || packed == u32::MAX || size == u32::MAX {
            return Err(Fault::Unknown("a part that is packed in another way"));
        }
        let text = std::str::from_utf8(name).map_err(|_| WRONG)?;
        let strange =
            text.starts_with('/') || text.contains(['\\', '\0', ':']) || text.split('/').any(|step| step == "..") || text.is_empty();
        if strange {
            return Err(Fault::Damaged("the name of a part of its archive"));
        }
        let mut head = Reader::from(self.bytes, start);
        if head.take(4) != Some(b"PK\x03\x04") {
            return Err(WRONG);
        }
        head.take(22).ok_or(WRONG)?;
        let (own_name, own_extra) = head.le16().zip(head.le16()).ok_or(WRONG)?;
        if head.take(own_name.into()) != Some(name) {
            return Err(Fault::Damaged("two names for one part of its archive"));
        }
        head.take(own_extra.into()).ok_or(WRONG)?;
        let body = head.range(packed as usize).ok_or(WRONG)?;
        // A descriptor after the body, with or without its mark.
        let mut end = body.end;
        if flags & 8 != 0 {
            let marked = head.rest().starts_with(b"PK\x07\x08");
            end += if marked { 16 } else { 12 };
        }
        self.says_more |= extra != 0 || own_extra != 0 || comment != 0;
        self.says_when |= when != ZERO_TIME;
        if !text.ends_with('/') {
            self.entries.push(Entry { name: text.to_owned(), deflated: method == 8, body, size: size as usize, sum });
        }
        Ok(start..end)
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.get(*self.places.get(name)?)
    }

    /// Where in which bytes a part lies that is not packed.
    pub(crate) fn lies(&self, entry: &Entry) -> Option<(&'a [u8], usize)> {
        (!entry.deflated && entry.body.len() == entry.size).then_some((self.bytes, entry.body.start))
    }

    /// The first bytes of a part, by which a picture is known.
    pub(crate) fn start(&self, entry: &Entry) -> Vec<u8> {
        const LENGTH: usize = 64;
        let body = self.bytes.get(entry.body.clone()).unwrap_or_default();
        if !entry.deflated {
            return body.get(..body.len().min(LENGTH)).unwrap_or_default().to_vec();
        }
        let mut out = Vec::with_capacity(LENGTH);
        // What is damaged is told when all of it is asked for.
        drop(Decompress::new(false).decompress_vec(body, &mut out, FlushDecompress::Sync));
        out
    }

    pub(crate) fn inflate(&self, entry: &Entry, most: usize) -> Made<Vec<u8>> {
        const WRONG: Fault = Fault::Damaged("a packed part");
        if entry.size > most {
            return Err(Fault::TooMuch("bytes in one part"));
        }
        self.inflated.set(self.inflated.get() + entry.size as u64);
        if self.inflated.get() > MOST_WORK {
            return Err(Fault::TooMuch("inflated bytes"));
        }
        let body = self.bytes.get(entry.body.clone()).ok_or(WRONG)?;
        let out = if entry.deflated {
            // One byte more than is said, so that saying too little is seen.
            let mut out = Vec::with_capacity(entry.size + 1);
            match Decompress::new(false).decompress_vec(body, &mut out, FlushDecompress::Finish) {
                Ok(Status::StreamEnd) => out,
                _ => return Err(WRONG),
            }
        } else {
            body.to_vec()
        };
        if out.len() != entry.size || crc32fast::hash(&out) != entry.sum {
            return Err(WRONG);
        }
        Ok(out)
    }
}

/// 1 January 1980, midnight: the first time that the format can say.
const ZERO_TIME: [u8; 4] = [0, 0, 0x21, 0];

#[derive(Default)]
pub(crate) struct Writer {
    directory: Vec<u8>,
    count: u16,
    at: usize,
}

impl Writer {
    /// Adds a part, packed.
    pub(crate) fn add(&mut self, cleaned: &mut Cleaned, name: &str, bytes: &[u8]) -> Made<()> {
        let packed = deflate(bytes);
        self.head(cleaned, name, crc32fast::hash(bytes), packed.len(), bytes.len(), true)?;
        cleaned.pieces.take(packed);
        Ok(())
    }

    /// Adds a part as it is: pictures are packed already. `input` is what ranges among the pieces are of; where it lies in the
    /// input of the whole copy, which is `whole`, they stay ranges, and else they are held in memory.
    pub(crate) fn add_pieces(
        &mut self,
        cleaned: &mut Cleaned,
        name: &str,
        pieces: Pieces,
        input: &[u8],
        lies: Option<(&[u8], usize)>,
    ) -> Made<()> {
        let mut sum = crc32fast::Hasher::new();
        pieces.each(input).for_each(|piece| sum.update(piece));
        let length = pieces.len();
        self.head(cleaned, name, sum.finalize(), length, length, false)?;
        match lies {
            Some((whole, start)) => cleaned.pieces.append(whole, pieces, start),
            None => pieces.each(input).for_each(|piece| cleaned.made(piece)),
        }
        Ok(())
    }

    fn head(&mut self, cleaned: &mut Cleaned, name: &str, sum: u32, packed: usize, size: usize, deflated: bool) -> Made<()> {
        let mut head = vec![20, 0, 0, 8, if deflated { 8 } else { 0 }, 0];
        head.extend(ZERO_TIME);
        head.extend(sum.to_le_bytes());
        head.extend((packed as u32).to_le_bytes());
        head.extend((size as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend(&head);
        self.directory.extend([0; 10]);
        self.directory.extend((self.at as u32).to_le_bytes());
        self.directory.extend(name.as_bytes());
        cleaned.made(b"PK\x03\x04");
        cleaned.made(&head);
        cleaned.made(name);
        self.at += 30 + name.len() + packed;
        self.count = self.count.checked_add(1).ok_or(Fault::TooMuch("parts"))?;
        // A part that stays a range of the input is not held, but what is made of others must leave room for it.
        if self.at > MOST_ALL as usize || cleaned.made_length() + packed > MOST_WRITTEN {
            Err(Fault::TooMuch("bytes in one document"))
        } else {
            Ok(())
        }
    }

    pub(crate) fn finish(self, cleaned: &mut Cleaned) {
        cleaned.made(&self.directory);
        cleaned.made(b"PK\x05\x06\0\0\0\0");
        cleaned.made(self.count.to_le_bytes());
        cleaned.made(self.count.to_le_bytes());
        cleaned.made((self.directory.len() as u32).to_le_bytes());
        cleaned.made((self.at as u32).to_le_bytes());
        cleaned.made([0, 0]);
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    let mut compress = Compress::new(Compression::default(), false);
    loop {
        let rest = bytes.get(compress.total_in() as usize..).unwrap_or_default();
        match compress.compress_vec(rest, &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) | Err(_) => return out,
            Ok(_) => out.reserve(bytes.len() / 2 + 64),
        }
    }
}
