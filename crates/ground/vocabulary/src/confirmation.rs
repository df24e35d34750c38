//! The form on which an operator writes down what they checked: itself an operator's file.

use time::OffsetDateTime;

use crate::{fact::Standing, fact_file::Value, jurisdiction::Jurisdiction, jurisdiction_file::value_of, route::FactName};

/// A file for the operator to fill in: one `[[confirm]]` for every fact that is not shown at `now`, with the
/// shipped value and empty `by`, `on`, `review_by`, each entry commented out until somebody has checked it.
#[must_use]
pub fn confirmation_form(jurisdictions: &[Jurisdiction], now: OffsetDateTime) -> String {
    let mut form = String::from(
        "# Check each fact (dial the number, open the page), then take away the # signs of its entry\n\
         # and fill in who checked it, when, and when it must be checked again (a year at most).\n",
    );
    for jurisdiction in jurisdictions {
        for report in jurisdiction.report(now).iter().flat_map(|route| &route.facts) {
            if report.standing == Standing::Good {
                continue;
            }
            let Some((route, name)) = report
                .fact
                .split('/')
                .skip(1)
                .collect::<Vec<_>>()
                .try_into()
                .ok()
                .and_then(|[route, name]: [&str; 2]| Some((jurisdiction.route(route)?, FactName::from_code(name)?)))
            else {
                continue;
            };
            let Some((value, _)) = value_of(route, name) else {
                continue;
            };
            form.push_str(&format!(
                "\n# source: {}\n# [[confirm]]\n# fact = \"{}\"\n# value = {}\n# by = \"\"\n# on = \n# review_by = \n",
                report.source.replace('\n', " "),
                report.fact,
                as_toml(&value)
            ));
        }
    }
    form
}

fn as_toml(value: &Value) -> String {
    let list = |items: &[String]| {
        let quoted: Vec<_> = items.iter().map(|item| format!("\"{item}\"")).collect();
        format!("[{}]", quoted.join(", "))
    };
    match value {
        Value::Telephone(telephone) => format!("\"{telephone}\""),
        Value::Web(web) => format!("\"{web}\""),
        Value::Hours(lines) => list(lines),
        Value::Cost(cost) => format!("\"{cost}\""),
        Value::Languages(languages) => format!("{{ kind = \"{}\", tags = {} }}", languages.kind, list(&languages.tags)),
        Value::Anonymous(anonymity) => format!("\"{anonymity}\""),
    }
}
