//! A page that a command writes: it stands alone, in a browser and on paper.

use std::fmt::Write as _;

/// A page that stands alone.
pub(crate) fn page(title: &str, lead: &str, parts: &[String]) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{font:16px/1.5 sans-serif;max-width:800px;margin:24px auto;padding:0 16px;color:#14213d}}svg{{width:100%;height:auto}}.wide{{overflow-x:auto}}.wide svg{{min-width:640px}}\
         text{{font:13px sans-serif;fill:#14213d;stroke:none}}table{{border-collapse:collapse}}td,th{{padding:3px 12px 3px 0;text-align:left}}\
         *{{print-color-adjust:exact}}</style><h1>{title}</h1><p>{lead}</p>{}</html>",
        parts.concat()
    )
}

/// A table with a line of headings.
pub(crate) fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = "<table><tr>".to_owned();
    for heading in headings {
        let _ = write!(text, "<th scope=\"col\">{}", escape(heading));
    }
    for row in rows {
        text.push_str("<tr>");
        for cell in row {
            let _ = write!(text, "<td>{}", escape(&cell));
        }
    }
    text.push_str("</table>");
    text
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A GeoJSON file of features; coordinates of metres are given as they stand.
pub(crate) fn geojson(features: Vec<serde_json::Value>) -> String {
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string()
}
