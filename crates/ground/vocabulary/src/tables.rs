//! Reading the tables of words: signs, settings, venues, kinds of exploitation, contact kinds.

use std::collections::HashSet;

use csv::StringRecord;

use crate::{
    contact::{CaseKind, Channel, ConsentLevel, ContactKind, Proximity},
    error::FileError,
    exploitation::{ExploitationLetter, ExploitationType, Venue},
    setting::Setting,
    sign::{Category, Observer, Sign, Strength},
};

/// Fewest and most signs that a page of signs shows at once.
const STRONGEST: std::ops::RangeInclusive<usize> = 8..=15;

/// One row of a table, with enough to name the place of a mistake.
struct Row<'a> {
    file: &'a str,
    headers: &'a [&'a str],
    record: StringRecord,
}

impl Row<'_> {
    fn line(&self) -> Option<usize> {
        let line = self.record.position()?.line();
        usize::try_from(line).ok()
    }

    fn error(&self, problem: impl Into<String>, advice: impl Into<String>) -> FileError {
        FileError::new(self.file, self.line(), problem, advice)
    }

    fn cell(&self, column: &str) -> &str {
        self.headers.iter().position(|header| *header == column).and_then(|index| self.record.get(index)).unwrap_or_default()
    }

    fn id(&self) -> Result<String, FileError> {
        let id = self.cell("id");
        if crate::fact_file::is_id(id) {
            Ok(id.to_owned())
        } else {
            Err(self.error(format!("\"{id}\" is not an id"), "Write lower-case letters, digits and hyphens."))
        }
    }

    fn words(&self, column: &str) -> Vec<String> {
        self.cell(column).split_whitespace().map(str::to_owned).collect()
    }

    fn codes<T>(&self, column: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, FileError> {
        self.cell(column).split_whitespace().map(|code| from_code(code).ok_or_else(|| self.unknown(column, code))).collect()
    }

    fn code<T>(&self, column: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<T, FileError> {
        let code = self.cell(column);
        from_code(code).ok_or_else(|| self.unknown(column, code))
    }

    fn flag(&self, column: &str) -> Result<bool, FileError> {
        self.code(column, |code| match code {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        })
    }

    fn unknown(&self, column: &str, code: &str) -> FileError {
        self.error(format!("\"{code}\" is not known in the column \"{column}\""), "Use a code of docs/vocabulary.md.")
    }
}

fn rows<T>(file: &str, text: &str, headers: &[&str], mut read: impl FnMut(&Row<'_>) -> Result<T, FileError>) -> Result<Vec<T>, FileError> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: &csv::Error| {
        let line = error.position().and_then(|position| usize::try_from(position.line()).ok());
        FileError::new(file, line, format!("this is not a table: {error}"), "Give every row as many columns as the first.")
    };
    let found = reader.headers().map_err(|error| broken(&error))?;
    if found.iter().ne(headers.iter().copied()) {
        return Err(FileError::new(
            file,
            Some(1),
            "the columns are not the expected ones",
            format!("Write the first row as {}.", headers.join(",")),
        ));
    }
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(|error| broken(&error))?;
        let row = Row { file, headers, record };
        let key = (row.cell("list").to_owned(), row.cell("id").to_owned());
        if !seen.insert(key) {
            return Err(row.error(format!("\"{}\" stands twice", row.cell("id")), "Keep the row that is right."));
        }
        values.push(read(&row)?);
    }
    Ok(values)
}

pub(crate) fn read_signs(file: &str, text: &str) -> Result<Vec<Sign>, FileError> {
    const HEADERS: [&str; 10] =
        ["id", "category", "exploitation", "observers", "strength", "alone_ok", "proxy_risk", "public_ok", "self_ok", "sources"];
    rows(file, text, &HEADERS, |row| {
        let exploitation = match row.cell("exploitation") {
            "*" => Vec::new(),
            _ => row.codes("exploitation", ExploitationLetter::from_code)?,
        };
        let strength = match row.cell("strength") {
            "" => None,
            _ => Some(row.code("strength", Strength::from_code)?),
        };
        let sign = Sign {
            id: row.id()?,
            category: row.code("category", Category::from_code)?,
            exploitation,
            observers: row.codes("observers", Observer::from_code)?,
            alone_ok: row.flag("alone_ok")?,
            proxy_risk: row.flag("proxy_risk")?,
            public_ok: row.flag("public_ok")?,
            self_ok: row.flag("self_ok")?,
            sources: row.words("sources"),
            strength,
        };
        if sign.observers.is_empty() || sign.sources.is_empty() {
            return Err(row.error("the sign has nobody who can see it, or no source", "Fill in the columns \"observers\" and \"sources\"."));
        }
        if sign.proxy_risk && (sign.alone_ok || sign.public_ok || sign.strength.is_some()) {
            return Err(row.error(
                "a sign with a proxy risk stands alone, is public or has a strength",
                "Write no, no and nothing in these columns.",
            ));
        }
        if !sign.proxy_risk && sign.strength.is_none() {
            return Err(row.error("the sign has no strength", "Write strong, medium or weak."));
        }
        if sign.self_ok && !sign.public_ok {
            return Err(row.error(
                "a sign that is not for the public has a question to the person",
                "Write no in \"self_ok\" or yes in \"public_ok\": that question stands on a public page.",
            ));
        }
        if sign.alone_ok && sign.strength == Some(Strength::Weak) {
            return Err(row.error("a weak sign stands alone", "Write no in the column \"alone_ok\"."));
        }
        Ok(sign)
    })
}

pub(crate) fn read_venues(file: &str, text: &str) -> Result<Vec<Venue>, FileError> {
    rows(file, text, &["id", "sources"], |row| Ok(Venue { id: row.id()?, sources: row.words("sources") }))
}

pub(crate) fn read_exploitation(file: &str, text: &str) -> Result<Vec<ExploitationType>, FileError> {
    const HEADERS: [&str; 7] = ["id", "parent", "letter", "nrm", "htcds", "ctdc", "sources"];
    let mut known = HashSet::new();
    rows(file, text, &HEADERS, |row| {
        let parent = Some(row.cell("parent").to_owned()).filter(|parent| !parent.is_empty());
        if let Some(parent) = parent.as_ref().filter(|parent| !known.contains(*parent)) {
            return Err(row.error(format!("the wider kind \"{parent}\" is not known"), "Write the wider kind in a row above."));
        }
        let letter = match row.cell("letter") {
            "" => None,
            _ => Some(row.code("letter", ExploitationLetter::from_code)?),
        };
        let id = row.id()?;
        known.insert(id.clone());
        Ok(ExploitationType {
            id,
            parent,
            letter,
            nrm: row.words("nrm"),
            htcds: row.words("htcds"),
            ctdc: row.words("ctdc"),
            sources: row.words("sources"),
        })
    })
}

pub(crate) fn read_contact_kinds(file: &str, text: &str) -> Result<Vec<ContactKind>, FileError> {
    rows(file, text, &["list", "id", "sources"], |row| {
        let id = row.id()?;
        let known = match row.cell("list") {
            "proximity" => Proximity::from_code(&id).is_some(),
            "arrived" => Channel::from_code(&id).is_some(),
            "case-kind" => CaseKind::from_code(&id).is_some(),
            "consent" => ConsentLevel::from_code(&id).is_some(),
            other => return Err(row.unknown("list", other)),
        };
        if !known {
            return Err(row.unknown("id", &id));
        }
        Ok(ContactKind { list: row.cell("list").to_owned(), id, sources: row.words("sources") })
    })
}

pub(crate) fn read_settings(file: &str, text: &str, signs: &[Sign], venues: &[Venue]) -> Result<Vec<Setting>, FileError> {
    rows(file, text, &["id", "venues", "strongest", "more"], |row| {
        let mut setting =
            Setting { id: row.id()?, venues: row.words("venues"), strongest: row.words("strongest"), more: row.words("more") };
        if let Some(venue) = setting.venues.iter().find(|id| !venues.iter().any(|venue| venue.id == **id)) {
            return Err(row.unknown("venues", venue));
        }
        let mut listed = HashSet::new();
        for (column, ids) in [("strongest", &setting.strongest), ("more", &setting.more)] {
            for id in ids {
                let sign = signs.iter().find(|sign| sign.id == *id).ok_or_else(|| row.unknown(column, id))?;
                if !listed.insert(id) {
                    return Err(row.error(format!("the sign \"{id}\" stands twice in this setting"), "Keep one of the two."));
                }
                if column == "strongest" && !sign.public_ok {
                    return Err(row.error(
                        format!("the sign \"{id}\" is not for the public, so it cannot be among the strongest"),
                        "Move it to \"more\", where professionals find it.",
                    ));
                }
            }
        }
        if !STRONGEST.contains(&setting.strongest.len()) {
            return Err(row.error(
                format!("the setting shows {} signs", setting.strongest.len()),
                "List 8 to 15 in \"strongest\"; the rest belongs in \"more\".",
            ));
        }
        // Strong before weak, signs with a proxy risk last; the table's own order decides between equals.
        let rank = |id: &String| {
            let sign = signs.iter().find(|sign| sign.id == *id);
            sign.and_then(|sign| sign.strength).map_or(u8::MAX, |strength| strength as u8)
        };
        setting.strongest.sort_by_key(rank);
        setting.more.sort_by_key(rank);
        Ok(setting)
    })
}

#[cfg(test)]
mod tests;
