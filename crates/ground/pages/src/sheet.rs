//! A list as a file for a spreadsheet.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A cell that a spreadsheet shows and never runs: one that begins like a formula gets an apostrophe before it (OWASP, "CSV
/// injection").
#[must_use]
pub fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

/// A CSV file to save, which says in its name how many rows it has.
#[must_use]
pub fn csv_file(list: &str, rows: usize, text: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{list}-{rows}-rows.csv\"");
    ([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"https://evil.example\")"] {
            assert_eq!(harmless(formula.to_owned()), format!("'{formula}"));
        }
        for plain in ["", "Ana", "C-7K2M-91Q", "1", "a=b", "{\"rows\":1}"] {
            assert_eq!(harmless(plain.to_owned()), plain);
        }
    }
}
