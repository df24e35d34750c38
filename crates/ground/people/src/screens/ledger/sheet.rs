//! The entries as a file for a spreadsheet.

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_ledger::OpenedActor;
use plainsight_pages::{Language, Locale, csv_file, harmless};
use time::format_description::well_known::Rfc3339;

use super::filters::Asked;
use super::list::row;
use super::{Auditing, Auditor, LEDGER_PAGE, failed};
use crate::acts::audit::{self, Line};
use crate::audit::Names;
use crate::error::ActError;

/// The headings, which programs read: the same in every language.
const HEAD: [&str; 12] =
    ["zone", "number", "time_utc", "time_is", "who_id", "who", "act_code", "act", "record_id", "record", "detail", "detail_words"];

pub(super) async fn download(
    State(auditing): State<Auditing>,
    auditor: Auditor,
    language: Language,
    Query(asked): Query<Asked>,
) -> Response {
    // What has to be mended is said on the page, as is that there are too many for one file.
    let back = || Redirect::to(&language.href(&asked.address(LEDGER_PAGE, 0))).into_response();
    let Ok(wanted) = asked.read(&auditing.clock) else { return back() };
    let made = async {
        let names = audit::names(&auditing.people).await?;
        let lines = audit::export(&auditing.people, auditor.signed_in.member.id, &auditing.books, &names, &wanted).await?;
        Ok::<_, ActError>(lines.map(|lines| (lines.len(), sheet(&auditing, &language.locale, &names, &lines))))
    };
    match made.await {
        Ok(None) => back(),
        Ok(Some((rows, Ok(sheet)))) => csv_file("ledger", rows, sheet),
        Ok(Some((_, Err(error)))) => {
            tracing::error!(%error, "the entries of the ledger could not be written as a file");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(error) => failed(&auditing, &language, &error),
    }
}

fn sheet(auditing: &Auditing, words: &Locale, names: &Names, lines: &[Line]) -> Result<Vec<u8>, csv::Error> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(HEAD)?;
    for line in lines {
        let (Some(row), Some(book)) = (row(auditing, words, names, line), auditing.books.get(line.book)) else { continue };
        let entry = &line.entry;
        let who = match &entry.actor {
            OpenedActor::Member(id) => id.to_string(),
            OpenedActor::Reporter => "reporter".to_owned(),
            OpenedActor::System(name) => format!("program {name}"),
        };
        let detail = if entry.detail.is_null() { String::new() } else { entry.detail.to_string() };
        let cells = [
            book.zone.to_owned(),
            entry.seq.to_string(),
            entry.when().format(&Rfc3339).unwrap_or_default(),
            if entry.at.is_some() { "second" } else { "hour" }.to_owned(),
            who,
            row.who,
            entry.act.clone(),
            row.act,
            entry.record.map(|record| record.to_string()).unwrap_or_default(),
            row.record,
            detail,
            row.more,
        ];
        sheet.write_record(cells.map(harmless))?;
    }
    sheet.into_inner().map_err(|error| error.into_error().into())
}
