//! The files that somebody chose to send: what their own page carries of each until it is sent, and why one is not among
//! them. Pure.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::attached::Stowed;
use crate::parcel::FileKey;

/// So many files are taken with one report. With the largest that is taken they are less than a gibibyte.
pub(crate) const MOST_FILES: usize = 10;

/// A file as the form state carries it: short names, for ten of them stand beside the longest report.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chosen {
    #[serde(rename = "i")]
    pub(crate) id: Uuid,
    #[serde(rename = "k", with = "short")]
    pub(crate) key: FileKey,
    #[serde(rename = "n")]
    pub(crate) name: String,
    #[serde(rename = "s")]
    pub(crate) size: u64,
    /// SHA-256 of all of it, once all of it is here.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none", with = "short_hash")]
    pub(crate) hash: Option<[u8; 32]>,
}

impl Chosen {
    /// As it is put into a folder; none while some of it is missing.
    pub(crate) fn stowed(&self) -> Option<Stowed> {
        let hash = self.hash?;
        Some(Stowed { id: self.id, key: self.key.clone(), name: self.name.clone(), size: self.size, hash })
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.hash.is_some()
    }
}

/// What a page is given for a file that it sends piece by piece.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ticket {
    pub(crate) ticket: Chosen,
}

/// Why a file is not among those that are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    TooLarge,
    Empty,
    /// There are as many as are taken already.
    TooMany,
    /// Too much waits here to be sent.
    Full,
    /// Its day is over, or it was sent already.
    Gone,
    /// The line was cut while it came.
    Cut,
    /// The database is busy.
    NotNow,
}

impl Why {
    /// As the script of the page is told, and as messages are named.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "large",
            Self::Empty => "empty",
            Self::TooMany => "many",
            Self::Full => "full",
            Self::Gone => "gone",
            Self::Cut => "cut",
            Self::NotNow => "not-now",
        }
    }
}

/// A file that is not among them.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) name: String,
    pub(crate) why: Why,
}

/// Puts files beside those that are there. One that comes again is the same: whole wins over what was there of it. Gives
/// back those for which there is no place.
pub(crate) fn add(files: &mut Vec<Chosen>, more: impl IntoIterator<Item = Chosen>) -> Vec<Chosen> {
    let mut over = Vec::new();
    for file in more {
        match files.iter().position(|there| there.id == file.id) {
            Some(at) if file.is_whole() => files[at] = file,
            Some(_) => {}
            None if files.len() < MOST_FILES => files.push(file),
            None => over.push(file),
        }
    }
    over
}

shows_nothing!(Chosen, Ticket, Lost);

mod short {
    use data_encoding::BASE64URL_NOPAD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::parcel::FileKey;

    pub(super) fn serialize<S: Serializer>(key: &FileKey, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64URL_NOPAD.encode(key.bytes()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FileKey, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| D::Error::custom("no key"))?;
        FileKey::from_bytes(&bytes).ok_or_else(|| D::Error::custom("no key"))
    }
}

mod short_hash {
    use data_encoding::BASE64URL_NOPAD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(hash: &Option<[u8; 32]>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hash.map(|hash| BASE64URL_NOPAD.encode(&hash)).unwrap_or_default())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[u8; 32]>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| D::Error::custom("no hash"))?;
        bytes.try_into().map(Some).map_err(|_| D::Error::custom("no hash"))
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn file(number: u128, whole: bool) -> Chosen {
        let key = FileKey::draw(&mut StdRng::seed_from_u64(1));
        Chosen { id: Uuid::from_u128(number), key, name: format!("{number}.jpg"), size: 3, hash: whole.then_some([7; 32]) }
    }

    #[test]
    fn no_more_than_ten_and_none_twice() {
        let mut files = Vec::new();
        assert!(add(&mut files, (0..8).map(|number| file(number, true))).is_empty());
        assert!(add(&mut files, [file(3, true), file(8, false), file(8, false)]).is_empty());
        let over = add(&mut files, [file(9, true), file(10, true), file(8, true)]);
        assert_eq!((files.len(), over.len(), over[0].id), (MOST_FILES, 1, Uuid::from_u128(10)));
        assert!(files.iter().all(Chosen::is_whole), "what was missing of one came");
        // What is whole does not become less when an older page is sent again.
        add(&mut files, [file(3, false)]);
        assert!(files.iter().all(Chosen::is_whole));
    }

    #[test]
    fn a_page_carries_a_file_and_gives_it_back() {
        for whole in [true, false] {
            let text = serde_json::to_string(&file(1, whole)).unwrap();
            assert!(serde_json::from_str::<Chosen>(&text).unwrap() == file(1, whole), "{text}");
            assert!(text.len() < 180, "{text}");
        }
    }
}
