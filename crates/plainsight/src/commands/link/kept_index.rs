//! The index of a folder of kept records: two files made of its text files, and made anew whenever they do not fit them.
//! `links.index` is the engine's; `records.places` says how far the text files were read, and where each record stands.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use anyhow::{Context, Result};

use plainsight_linkage::{Index, Model, Options, Pair, Records, Shelving, Table, groups, shelve};
use plainsight_names::Watch;

use super::kept_files::{self as files, Settings};
use super::read::Texts;

/// How many bytes of the text files the index is made of.
#[derive(Clone, Copy)]
pub(super) struct Covered {
    pub(super) records: u64,
    pub(super) links: u64,
}

const PLACES: &str = "records.places";
const LINKS: &str = "links.index";

/// The records of a folder as the index knows them.
pub(super) struct Keeper {
    records: File,
    places: File,
}

impl Keeper {
    fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self { records: File::open(folder.join("records.csv"))?, places: File::open(folder.join(PLACES))? })
    }

    fn covered(&mut self) -> io::Result<Covered> {
        let [records, links] = self.two_numbers(0)?;
        Ok(Covered { records, links })
    }

    fn two_numbers(&mut self, at: u64) -> io::Result<[u64; 2]> {
        let (mut one, mut other) = ([0; 8], [0; 8]);
        self.places.seek(SeekFrom::Start(at))?;
        self.places.read_exact(&mut one)?;
        self.places.read_exact(&mut other)?;
        Ok([u64::from_le_bytes(one), u64::from_le_bytes(other)])
    }

    fn line(&mut self, record: u32) -> io::Result<csv::StringRecord> {
        let [begin, end] = self.two_numbers(16 + u64::from(record) * 8)?;
        let mut line = Vec::new();
        self.records.seek(SeekFrom::Start(begin))?;
        (&self.records).take(end.saturating_sub(begin)).read_to_end(&mut line)?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).buffer_capacity(line.len().max(1)).from_reader(line.as_slice());
        let mut cells = csv::StringRecord::new();
        if reader.read_record(&mut cells)? { Ok(cells) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// What a record is called.
    pub(super) fn id(&mut self, record: u32) -> io::Result<String> {
        Ok(self.line(record)?.get(0).unwrap_or_default().to_owned())
    }
}

impl Records for Keeper {
    fn cells(&mut self, record: u32, cells: &mut Vec<String>) -> io::Result<()> {
        cells.extend(self.line(record)?.iter().skip(1).map(str::to_owned));
        Ok(())
    }
}

/// Writes both files. A reader takes them only when they say the same of how far they go.
pub(super) fn write(
    folder: &Path,
    (table, ids, places): (&Table, &Texts, &[u64]),
    model: &Model,
    (links, groups): (&[Pair], &[u32]),
    covered: Covered,
) -> Result<()> {
    let name = |row: u32| ids.get(row as usize);
    let shelving = Shelving { table, model, links, groups, across: false, names: Some(&name), stamp: covered.links };
    let write = |name: &str, fill: &dyn Fn(&mut BufWriter<File>) -> Result<()>| -> Result<()> {
        let making = folder.join(format!("{name}.unfinished"));
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&making)?);
        fill(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(fs::rename(&making, folder.join(name))?)
    };
    write(LINKS, &|out| Ok(shelve(out, shelving)?))?;
    write(PLACES, &|out| {
        for number in [covered.records, covered.links].iter().chain(places) {
            out.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    })
}

/// An opened index, whoever says what its records are called, and how far it goes.
pub(super) type Opened = (Index<File, Keeper>, Keeper, Covered);

/// The index as it lies there; nothing when it does not fit, or none is there.
pub(super) fn open(folder: &Path, model: &Model) -> Option<Opened> {
    let mut keeper = Keeper::open(folder).ok()?;
    let covered = keeper.covered().ok()?;
    let index = Index::open(File::open(folder.join(LINKS)).ok()?, model.clone(), Keeper::open(folder).ok()?).ok()?;
    let long = |name: &str| fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    let fits = index.stamp() == covered.links
        && long("records.csv") >= covered.records
        && long("links.csv") >= covered.links
        && long(PLACES) == 16 + (index.len() as u64 + 1) * 8;
    fits.then_some((index, keeper, covered))
}

/// Makes the index anew of the text files, all of which are read for it.
pub(super) fn make(folder: &Path, settings: &Settings, model: &Model, options: &Options, watch: &dyn Watch) -> Result<()> {
    let stand = files::read_links(folder, None)?;
    let read = files::read_records(folder, options, settings.first)?;
    let links = stand.links();
    let groups = groups(&read.table, model, &links, options, watch)?;
    write(folder, (&read.table, &read.ids, &read.places), model, (&links, &groups), stand.covered)
        .with_context(|| format!("could not write the index of {}", folder.display()))
}
