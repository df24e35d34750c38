//! `plainsight hotspots` as somebody at a terminal uses it: gi, moran, density and knox.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::program::plainsight;

fn answer(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let done = plainsight(folder, arguments);
    assert!(done.well, "{arguments:?}: {done:?}");
    serde_json::from_str(&done.said).unwrap()
}

/// A grid of 20 by 20 with a dense patch; one cell has no value, one row no place, and one no number.
fn cells(folder: &Path) {
    let mut text = "x,y,reports\n".to_owned();
    for cell in 0..400 {
        let (x, y) = (cell % 20, cell / 20);
        let dense = (5..9).contains(&x) && (5..9).contains(&y);
        writeln!(text, "{},{},{}", x * 500, y * 500, (cell * 7919) % 5 + if dense { 6 } else { 0 }).unwrap();
    }
    text.push_str("10000,0,\nfar,0,3\n0,10000,many\n");
    fs::write(folder.join("cells.csv"), text).unwrap();
}

fn stands_alone(report: &str) {
    assert!(report.contains("<svg") || report.contains("<table"), "{report}");
    for absent in ["http", "<script", "NaN", "crime"] {
        assert!(!report.contains(absent), "{absent}");
    }
}

#[test]
fn cells_that_are_beyond_chance_are_told_drawn_and_written() {
    let folder = tempfile::tempdir().unwrap();
    cells(folder.path());
    for (statistic, kind) in [("gi", "high"), ("moran", "high among high")] {
        let asked =
            ["hotspots", statistic, "cells.csv", "--value", "reports", "--neighbours", "queen", "--threads", "1", "--out", statistic];
        let done = plainsight(folder.path(), &asked);
        assert!(done.well, "{done:?}");
        for named in ["cells.csv line 403", "cells.csv line 404, reports: \"many\" is not a number"] {
            assert!(done.complained.contains(named), "{named}: {}", done.complained);
        }
        let summary: serde_json::Value = serde_json::from_str(&done.said).unwrap();
        assert_eq!((&summary["cells"], &summary["rows_left_out"], &summary["without_value"]), (&401.into(), &2.into(), &1.into()));
        assert_eq!(summary["false_discoveries"], "Benjamini-Hochberg");
        assert!(summary["found_by_kind"][kind].as_u64().unwrap() >= 12, "{summary}");
        let read = |name: &str| fs::read_to_string(folder.path().join(statistic).join(name)).unwrap();
        assert_eq!(read("cells.csv").lines().count(), 402);
        let map: serde_json::Value = serde_json::from_str(&read("cells.geojson")).unwrap();
        assert_eq!(map["features"].as_array().unwrap().len(), 401);
        stands_alone(&read("report.html"));
        // The same on any number of threads, and nothing is written over.
        let again = plainsight(
            folder.path(),
            &["hotspots", statistic, "cells.csv", "--value", "reports", "--neighbours", "queen", "--threads", "2"],
        );
        assert_eq!(again.said, done.said);
        let refused = plainsight(folder.path(), &asked);
        assert!(!refused.well && refused.complained.contains("exists already"), "{refused:?}");
    }
}

#[test]
fn density_is_taken_on_a_grid_and_along_streets() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "longitude,latitude\n".to_owned();
    for at in 0..60 {
        writeln!(text, "{},{}", -0.2 + f64::from(at % 10) * 0.0003, 51.6 + f64::from(at / 10) * 0.0002).unwrap();
    }
    fs::write(folder.path().join("reports.csv"), text).unwrap();
    let line = r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":"#;
    let streets = format!(
        r#"{{"type":"FeatureCollection","features":[{line}[[-0.2,51.6005],[-0.1985,51.6005],[-0.197,51.6005]]}}}},{line}[[-0.1985,51.6005],[-0.1985,51.603]]}}}}]}}"#
    );
    fs::write(folder.path().join("streets.geojson"), streets).unwrap();
    for kernel in ["gaussian", "epanechnikov", "quartic"] {
        let summary =
            answer(folder.path(), &["hotspots", "density", "reports.csv", "--bandwidth", "100", "--kernel", kernel, "--out", kernel]);
        assert_eq!((&summary["reports"], &summary["unit"]), (&60.into(), &"reports a square kilometre".into()));
        assert!(summary["densest"].as_f64().unwrap() > 100.0, "{summary}");
        stands_alone(&fs::read_to_string(folder.path().join(kernel).join("report.html")).unwrap());
    }
    let along = ["hotspots", "density", "reports.csv", "--bandwidth", "100", "--streets", "streets.geojson", "--out", "along"];
    let summary = answer(folder.path(), &along);
    assert_eq!(summary["unit"], "reports a kilometre of street");
    assert!(fs::read_to_string(folder.path().join("along/density.geojson")).unwrap().contains("LineString"));
}

#[test]
fn near_repeats_are_told_by_bands() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "x,y,date\n".to_owned();
    for at in 0..40 {
        let (x, day) = ((at / 2) * 3000, (at / 2 * 11) % 20 + 1);
        writeln!(text, "{},{},2026-{:02}-{:02}", x, (at % 2) * 30, 1 + (at / 2) % 12, day + at % 2).unwrap();
    }
    text.push_str("0,0,yesterday\n");
    fs::write(folder.path().join("reports.csv"), text).unwrap();
    let done = plainsight(folder.path(), &["hotspots", "knox", "reports.csv", "--distances", "100,200", "--days", "7,14", "--out", "knox"]);
    assert!(done.well && done.complained.contains("line 42, date: \"yesterday\""), "{done:?}");
    let summary: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!((&summary["bands"][0]["pairs"], &summary["bands"][0]["found"]), (&20.into(), &true.into()), "{summary}");
    stands_alone(&fs::read_to_string(folder.path().join("knox/report.html")).unwrap());
}

#[test]
fn mistakes_are_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    cells(folder.path());
    fs::write(folder.path().join("askew.csv"), "x,y,value\n0,0,1\n10,0,2\n24,0,3\n").unwrap();
    for (arguments, wanted) in [
        (&["gi", "none.csv"][..], "could not read none.csv"),
        (&["gi", "cells.csv"], "has no column \"value\"; it has: x, y, reports"),
        (&["gi", "cells.csv", "--value", "reports", "--neighbours", "king"], "say queen, rook, h3, knn:8 or band:500"),
        (&["gi", "askew.csv", "--neighbours", "rook"], "line 4 is not on a grid of 10.000 metres"),
        (&["density", "cells.csv", "--bandwidth", "0"], "--bandwidth and --cell must be more than 0"),
        (&["knox", "cells.csv", "--date", "reports", "--distances", "9,3", "--days", "1"], "must rise"),
    ] {
        let ended = plainsight(folder.path(), &[&["hotspots"], arguments].concat());
        assert!(!ended.well && ended.complained.contains(wanted), "{wanted}: {ended:?}");
    }
}

#[test]
fn reports_are_counted_in_hexagons_and_these_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "longitude,latitude\n".to_owned();
    for at in 0..120 {
        let dense = at < 60;
        let (east, north) = if dense { (at % 6 * 8, at / 6 * 6) } else { (at * 37 % 400, at * 53 % 300) };
        writeln!(text, "{},{}", -0.3 + f64::from(east) / 2000.0, 51.6 + f64::from(north) / 3000.0).unwrap();
    }
    text.push_str("far,51\n");
    fs::write(folder.path().join("reports.csv"), text).unwrap();
    let counted = answer(folder.path(), &["hotspots", "hexagons", "reports.csv", "--resolution", "8", "--out", "cells"]);
    assert_eq!((&counted["reports"], &counted["rows_left_out"]), (&120.into(), &1.into()));
    let cells = fs::read_to_string(folder.path().join("cells/cells.csv")).unwrap();
    assert_eq!(cells.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse::<u32>().unwrap()).sum::<u32>(), 120);
    stands_alone(&fs::read_to_string(folder.path().join("cells/report.html")).unwrap());
    let common = ["cells/cells.csv", "--value", "reports", "--neighbours", "h3"];
    let found = answer(folder.path(), &[&["hotspots", "gi"], &common[..], &["--out", "gi"]].concat());
    assert!(found["found"].as_u64().unwrap() > 0 && found["cells"] == counted["cells"], "{found}");
    let shapes: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.path().join("gi/cells.geojson")).unwrap()).unwrap();
    assert_eq!(shapes["features"][0]["geometry"]["type"], "Polygon");
    fs::write(folder.path().join("wrong.csv"), "h3,reports\n8928308280fffff,3\nnorth,2\n").unwrap();
    let done = plainsight(folder.path(), &["hotspots", "moran", "wrong.csv", "--value", "reports", "--neighbours", "h3"]);
    assert!(done.complained.contains("wrong.csv line 3: \"north\" is no H3 cell"), "{done:?}");
    fs::write(folder.path().join("metres.csv"), "x,y\n0,0\n").unwrap();
    let done = plainsight(folder.path(), &["hotspots", "hexagons", "metres.csv"]);
    assert!(!done.well && done.complained.contains("give places by longitude and latitude"), "{done:?}");
    let done = plainsight(folder.path(), &["hotspots", "hexagons", "reports.csv", "--resolution", "20"]);
    assert!(!done.well && done.complained.contains("resolutions 0"), "{done:?}");
}
