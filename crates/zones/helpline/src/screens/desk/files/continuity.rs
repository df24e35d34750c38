//! The continuity statement of a file: for a court that asks who had it. What is written down, whose signature held when it was made,
//! and the hashes by which anybody can tell the file again.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use plainsight_ledger::{OpenedActor, OpenedEntry};
use plainsight_media::Kind;
use plainsight_pages::{Language, Locale};
use plainsight_people::SignedIn;

use super::card::cannot;
use super::original::steps;
use super::{home, path};
use crate::acts::custody::Evidence;
use crate::acts::hand_out::fetchings;
use crate::acts::open::hold_folder;
use crate::attached::CleaningEnd;
use crate::exhibit::Exhibit;
use crate::header::Header;
use crate::reference::{case_reference, file_reference, reference};
use crate::screens::bits::unmarked;
use crate::screens::desk::{Desk, Names, failed, names, whole, works_here};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/files/continuity.html")]
struct Page<'a> {
    words: &'a Locale,
    reference: String,
    text: String,
    file: String,
    back: String,
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(ids): Path<(Uuid, Uuid)>) -> Response {
    let words = &*language.locale;
    match statement(&desk, &who, words, ids).await {
        Ok((text, is_case)) => {
            let (folder, file) = ids;
            let page = Page {
                words,
                reference: file_reference(file),
                text,
                file: language.href(&path(folder, file, "continuity.txt")),
                back: language.href(&home(folder, is_case, file)),
            };
            whole(&desk, &who, &language, &words.text("evidence-continuity"), false, &page)
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The same as a file, to hand over.
pub(super) async fn file(State(desk): State<Desk>, who: SignedIn, language: Language, Path(ids): Path<(Uuid, Uuid)>) -> Response {
    match statement(&desk, &who, &language.locale, ids).await {
        Ok((text, _)) => {
            let name = format!("attachment; filename=\"{}-continuity.txt\"", file_reference(ids.1));
            ([(CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], text).into_response()
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn statement(desk: &Desk, who: &SignedIn, words: &Locale, (folder, file): (Uuid, Uuid)) -> Result<(String, bool), Trouble> {
    works_here(who)?;
    let (_, header) = hold_folder(&desk.cabinet, who, folder).await?;
    let evidence = Evidence::read(&desk.cabinet, who, folder).await?;
    let exhibit = evidence.exhibit(file)?;
    let fetched = fetchings(&desk.cabinet, folder, (file, exhibit.file.at)).await?;
    let names = names(desk).await?;
    let made_by = names.of(words, who.member.id);
    let statement = Statement { desk, words, names: &names, evidence: &evidence, exhibit: &exhibit };
    Ok((unmarked(&statement.text((folder, &header), &fetched, &made_by)), header.is_case()))
}

struct Statement<'a> {
    desk: &'a Desk,
    words: &'a Locale,
    names: &'a Names,
    evidence: &'a Evidence,
    exhibit: &'a Exhibit<'a>,
}

impl Statement<'_> {
    fn text(&self, (folder, header): (Uuid, &Header), fetched: &[OpenedEntry], made_by: &str) -> String {
        let words = self.words;
        let said = |id: &str| words.text(id).into_owned();
        let now = self.desk.cabinet.now();
        let of = if header.is_case() { case_reference(folder) } else { reference(folder) };
        let made = [("name", made_by.into()), ("date", words.date_time(now, self.desk.offset(now)).into())];
        let mut parts = vec![
            format!("{}\n{}", said("evidence-continuity"), file_reference(self.exhibit.id)),
            format!(
                "{}\n{}",
                words.with("evidence-made-by", &made),
                words.with("evidence-in-folder", &[("reference", of.as_str().into())])
            ),
            self.came(),
        ];
        parts.extend(self.exhibit.cleanings.iter().map(|(id, cleaning)| {
            let name = self.names.of(words, cleaning.member);
            let when = words.date_time(cleaning.at, self.desk.offset(cleaning.at));
            let by = [("name", name.as_str().into()), ("date", when.as_str().into())];
            let what = match &cleaning.end {
                CleaningEnd::Copy(copy) => {
                    let kind = Kind::parse(&copy.kind).map(|kind| said(&format!("evidence-kind-{}", kind.name()))).unwrap_or_default();
                    let removed =
                        copy.removed.iter().map(|(code, count)| format!("- {}: {count}", said(&format!("evidence-trace-{code}"))));
                    let removed: Vec<String> = removed.collect();
                    format!(
                        "{}\n{kind}, {}\nSHA-256: {}\n{}\n{}",
                        words.with("evidence-copy-made", &by),
                        bytes(words, copy.size),
                        data_encoding::HEXLOWER.encode(&copy.hash),
                        said(if removed.is_empty() { "evidence-nothing-removed" } else { "evidence-removed" }),
                        removed.join("\n"),
                    )
                }
                CleaningEnd::Cannot(code) => format!("{} {}", words.with("evidence-copy-not-made", &by), cannot(words, code)),
                CleaningEnd::Infected(found) => {
                    let infected = words.with("evidence-infected", &[("name", found.as_str().into())]);
                    format!("{} {infected}", words.with("evidence-copy-not-made", &by))
                }
            };
            format!("{}\n{}", what.trim_end(), self.signed(*id, Some(cleaning.member)))
        }));
        let steps = steps(self.desk, words, self.names, self.evidence, self.exhibit);
        parts.push(listed(said("evidence-steps"), said("evidence-steps-none"), steps));
        let fetched = fetched.iter().map(|entry| self.fetched(entry)).collect();
        parts.push(listed(said("evidence-fetched"), said("evidence-fetched-none"), fetched));
        parts.push(said(if header.flags.held { "evidence-held" } else { "evidence-not-held" }));
        parts.push(said("evidence-continuity-foot"));
        parts.join("\n\n") + "\n"
    }

    /// How it came, and what came.
    fn came(&self) -> String {
        let (words, file) = (self.words, self.exhibit.file);
        let by = match file.member {
            Some(member) => self.words.with("desk-file-by", &[("name", self.names.of(words, member).as_str().into())]),
            None => words.text("desk-file-from-reporter").into_owned(),
        };
        let lines = [
            format!("{}: {by}", words.text("evidence-came-from")),
            format!("{}: {}", words.text("evidence-came-at"), words.date_time(file.at, self.desk.offset(file.at))),
            format!("{}: {}", words.text("evidence-size"), bytes(words, file.size)),
            format!("{}: {}", words.text("evidence-hash-original"), data_encoding::HEXLOWER.encode(&file.hash)),
            if file.note.is_empty() { String::new() } else { format!("{}: {}", words.text("evidence-note-said"), file.note) },
            self.signed(self.exhibit.id, file.member),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Whether the paper was signed by whom it names; what a reporter sent carries no signature.
    fn signed(&self, paper: Uuid, member: Option<Uuid>) -> String {
        let id = match member {
            None => "evidence-no-signature",
            Some(member) if self.evidence.is_by(paper, member) => "evidence-signed",
            Some(_) => "evidence-not-signed",
        };
        self.words.text(id).into_owned()
    }

    /// A fetching, as the ledger has it.
    fn fetched(&self, entry: &OpenedEntry) -> String {
        let words = self.words;
        let name = match entry.actor {
            OpenedActor::Member(member) => self.names.of(words, member),
            _ => String::new(),
        };
        let at = entry.at.unwrap_or(entry.hour);
        let did = words.text(&format!("act-{}", entry.act.replace('.', "-"))).into_owned();
        format!("{}: {name}. {did} ({})", words.date_time(at, self.desk.offset(at)), entry.seq)
    }
}

/// A size to the byte: by it and the hash a file is known again.
fn bytes(words: &Locale, count: u64) -> String {
    words.with("evidence-size-bytes", &[("count", (count as f64).into())])
}

fn listed(title: String, none: String, lines: Vec<String>) -> String {
    if lines.is_empty() {
        return format!("{title}\n{none}");
    }
    format!("{title}\n{}", lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"))
}
