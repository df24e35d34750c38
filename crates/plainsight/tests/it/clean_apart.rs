//! The built program as the worker that cleans: confined by the kernel, with every kind of file, and with the longest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use plainsight_apart::{Apart, CleanedCopy, Head, Limits, MOST_FILE, Outcome, Program, clean};
use tokio::io::{AsyncReadExt, AsyncWrite};

const CANARY: &[u8] = b"CANARYzq7";

fn apart() -> Apart {
    Apart::new(Program::at(env!("CARGO_BIN_EXE_plainsight").into(), &["clean-apart"]), Limits::default())
}

fn copied(head: Head) -> CleanedCopy {
    match head.outcome {
        Outcome::Cleaned(copy) => copy,
        Outcome::Refused { .. } => panic!("{head:?}"),
    }
}

/// Each kind of file needs no more of the kernel than a worker has, and comes out as it does without a worker.
#[tokio::test]
async fn every_kind_is_cleaned_apart_as_it_is_here() {
    let apart = apart();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/media");
    let mut kinds = BTreeSet::new();
    for file in fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()) {
        let bytes = fs::read(&file).unwrap();
        let mut copy = Vec::new();
        let head = clean(&apart, &bytes[..], &mut copy).await.unwrap();
        match plainsight_media::clean(&bytes) {
            Ok(here) => {
                let said = copied(head);
                assert!(copy == here.to_bytes(&bytes), "{}", file.display());
                assert_eq!(said.kind.as_str(), here.kind().name());
                let removed = here.removed().iter().map(|(trace, count)| (trace.name().to_owned(), *count)).collect::<BTreeMap<_, _>>();
                assert_eq!(said.removed.into_iter().map(|(trace, count)| (trace.into(), count)).collect::<BTreeMap<_, _>>(), removed);
                assert_eq!(said.kept.len(), here.kept().len());
                kinds.insert(here.kind());
            }
            Err(refusal) => {
                assert!(matches!(head.outcome, Outcome::Refused { reason, .. } if reason.as_str() == refusal.code()), "{}", file.display());
            }
        }
    }
    assert_eq!(kinds.len(), plainsight_media::Kind::ALL.len());
}

#[tokio::test]
async fn what_cannot_be_cleaned_is_told_in_a_word() {
    let refused = async |input: &mut (dyn tokio::io::AsyncRead + Unpin)| {
        let mut copy = Vec::new();
        let head = clean(&apart(), input, &mut copy).await.unwrap();
        assert_eq!(copy, b"");
        match head.outcome {
            Outcome::Refused { reason, kind } => (String::from(reason), kind.map(String::from)),
            Outcome::Cleaned(_) => panic!("{head:?}"),
        }
    };
    assert_eq!(refused(&mut &b"a note"[..]).await, ("unknown-kind".to_owned(), None));
    assert_eq!(refused(&mut &b""[..]).await, ("unknown-kind".to_owned(), None));
    assert_eq!(refused(&mut &b"\xff\xd8\xff\xe0 and no more"[..]).await, ("damaged".to_owned(), Some("jpeg".to_owned())));
    assert_eq!(refused(&mut tokio::io::repeat(0).take(MOST_FILE + 1)).await, ("too-much".to_owned(), None));
}

/// "100 MB video: peak memory of the service under 64 MB above idle", and the worker holds little beside the file.
#[tokio::test]
async fn the_longest_film_and_sound_take_little_memory() {
    for (kind, trace, file) in [("mp4", "place", film()), ("wav", "comment", sound())] {
        let length = file.metadata().unwrap().len();
        assert!((MOST_FILE - 70_000..=MOST_FILE).contains(&length), "{length}");
        let mut copy = Watching::default();
        let before = peak("self");
        let head = clean(&apart(), tokio::fs::File::from_std(file), &mut copy).await.unwrap();
        let said = copied(head);
        assert_eq!(said.kind.as_str(), kind);
        assert!(said.removed.iter().any(|(removed, _)| removed.as_str() == trace), "{said:?}");
        assert!(said.output.length > MOST_FILE - 200_000);
        let (service, worker) = (peak("self") - before, copy.worker);
        println!("{kind} of {} MB: the service {service} kB above idle, the worker {worker} kB", length / 1_000_000);
        assert!(service < 64 << 10, "{service} kB");
        assert!(worker > 0 && worker < (MOST_FILE >> 10) + (48 << 10), "{worker} kB");
    }
}

/// The most memory that a process has held so far, in kB.
fn peak(process: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Takes a copy, looks for canaries in it, and asks the kernel how much the worker holds.
#[derive(Default)]
struct Watching {
    tail: Vec<u8>,
    worker: u64,
}

impl AsyncWrite for Watching {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let seen = [&self.tail, bytes].concat();
        assert!(!String::from_utf8_lossy(&seen).contains("CANARYzq7"));
        self.tail = seen[seen.len().saturating_sub(CANARY.len() - 1)..].to_vec();
        let thread = fs::read_link("/proc/thread-self").unwrap();
        let children = fs::read_to_string(Path::new("/proc").join(thread).join("children")).unwrap();
        self.worker = children.split_whitespace().map(peak).max().unwrap_or_default().max(self.worker);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), name, body].concat()
}

/// A track of samples of one size, in chunks of one sample.
fn track(kind: &[u8; 4], entry: &[u8], size: u32, places: &[u32]) -> Vec<u8> {
    let count = (places.len() as u32).to_be_bytes();
    let stbl = [
        boxed(b"stsd", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), entry].concat()),
        boxed(b"stts", &[[0; 4].as_slice(), &1_u32.to_be_bytes(), &count, &160_u32.to_be_bytes()].concat()),
        boxed(b"stsc", &[[0; 4].as_slice(), &[1_u32; 4].map(u32::to_be_bytes).concat()].concat()),
        boxed(b"stsz", &[[0; 4].as_slice(), &size.to_be_bytes(), &count].concat()),
        boxed(b"stco", &[[0; 4].as_slice(), &count, &places.iter().flat_map(|place| place.to_be_bytes()).collect::<Vec<_>>()].concat()),
    ]
    .concat();
    let hdlr = [[0; 8].as_slice(), kind, &[0; 12], b"handler\0"].concat();
    let mdia = [boxed(b"mdhd", &[0; 24]), boxed(b"hdlr", &hdlr), boxed(b"minf", &boxed(b"stbl", &stbl))].concat();
    boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), boxed(b"mdia", &mdia)].concat())
}

/// A film of nearly 100 MiB as telephones write it, its tables behind: 1,590 samples, and a place behind each.
fn film() -> File {
    const SAMPLE: u32 = 65_900;
    const COUNT: u32 = 1_590;
    let step = SAMPLE + CANARY.len() as u32;
    let start = 24;
    let samr = boxed(b"samr", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &[0; 20]].concat());
    let places = boxed(b"gpmd", b"\0\0\0\0\0\0\0\x01CANARYzq7");
    let starts: Vec<u32> = (0..COUNT).map(|at| start + at * step).collect();
    let behind: Vec<u32> = starts.iter().map(|at| at + SAMPLE).collect();
    let moov = [boxed(b"mvhd", &[0; 100]), track(b"soun", &samr, SAMPLE, &starts), track(b"meta", &places, CANARY.len() as u32, &behind)];
    let mut file = tempfile::tempfile().unwrap();
    let head = [boxed(b"ftyp", b"mp42\0\0\0\0"), (COUNT * step + 8).to_be_bytes().to_vec(), b"mdat".to_vec()].concat();
    file.write_all(&head).unwrap();
    for place in behind {
        file.seek(SeekFrom::Start(place.into())).unwrap();
        file.write_all(CANARY).unwrap();
    }
    file.write_all(&boxed(b"moov", &moov.concat())).unwrap();
    file.rewind().unwrap();
    file
}

/// Sound of nearly 100 MiB with a comment behind it.
fn sound() -> File {
    let length: u32 = (100 << 20) - 4_096;
    let mut file = tempfile::tempfile().unwrap();
    let little = |number: u32| number.to_le_bytes();
    let format =
        [&1_u16.to_le_bytes()[..], &2_u16.to_le_bytes(), &little(48_000), &little(192_000), &4_u16.to_le_bytes(), &16_u16.to_le_bytes()];
    let comment = [b"INFOICMT", &little(10)[..], CANARY, b"\0"].concat();
    let head = [
        b"RIFF",
        &little(4 + 24 + 8 + length + 8 + comment.len() as u32)[..],
        b"WAVEfmt ",
        &little(16),
        &format.concat(),
        b"data",
        &little(length),
    ];
    file.write_all(&head.concat()).unwrap();
    file.seek(SeekFrom::Current(length.into())).unwrap();
    file.write_all(&[b"LIST", &little(comment.len() as u32)[..], &comment].concat()).unwrap();
    file.rewind().unwrap();
    file
}
