//! Targets for fuzzing: plain functions of bytes, which panic when a rule is broken. Not part of the interface.

/// A week to plan, in TOML.
pub fn week(bytes: &[u8]) {
    crate::commands::plan::fuzz(bytes);
}

/// A file of SaTScan, of any kind.
pub fn scan(bytes: &[u8]) {
    crate::commands::hotspots::scan::fuzz(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: &str = r#"monday = "2026-11-30"
[[person]]
id = "A"
skills = ["romanian", "officer"]
[[person]]
id = "B"
accompanied = true
[[shift]]
id = "Blue Tue"
team = "Blue"
members = ["A", "B"]
at = [51.60, -0.20]
time = "Tue 08:00-16:00"
breaks = [{ begin = "Tue 11:30-13:30", minutes = 30 }]
most_hours = 5
[[shift]]
id = "Red Tue"
team = "Red"
members = []
at = [51.61, -0.20]
time = "Tue 09:00-17:00"
[[visit]]
id = "1"
at = [51.61, -0.21]
value = 20
minutes = 45
begin = ["Tue 09:00-12:00", "Wed 09:00-12:00"]
needs = { romanian = 1 }
uses = { bed = 1 }
kind = "welfare"
[[visit]]
id = "2"
at = [51.62, -0.21]
value = 5
minutes = 30
begin = ["Tue 09:00-15:00"]
pinned_to = "Red Tue"
pinned_at = "Tue 10:00"
[[visit]]
id = "3"
at = [51.62, -0.22]
value = 7
minutes = 30
begin = ["Tue 09:00-15:00"]
bars = ["officer"]
[[visit]]
id = "4"
at = [51.62, -0.23]
value = 9
minutes = 20
begin = ["Tue 09:00-15:00"]
conflicts = ["A"]
[[before]]
first = "2"
then = "3"
least_minutes = 10
most_minutes = 200
[[together]]
visits = ["1", "4"]
[[apart]]
visits = ["2", "4"]
[[quota]]
kind = "welfare"
least = 1
most = 3
[[resource]]
id = "bed"
at_once = true
supply = [{ time = "Tue 08:00-20:00", amount = 1 }]
[hours]
Blue = 6
"#;

    #[test]
    fn weeks_that_are_damaged_are_refused_or_planned_by_the_rules() {
        week(WEEK.as_bytes());
        plainsight_fuzz::mutations(WEEK.as_bytes(), 1500, week);
    }

    #[test]
    fn every_line_of_a_scan_is_counted_or_told() {
        let cases = b"Grant 1 1977 2 2\nSanJuan 1 1974/2 8 2\n// a remark\nTaos 1 1988/02/29 13 1\n\nTaos x\n";
        let places = b"Grant 32.7 -108.3\nTaos 36.4 -105.6\n";
        plainsight_fuzz::mutations_of(&[cases.to_vec(), places.to_vec()], 1500, scan);
    }
}
