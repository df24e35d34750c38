//! Expected cases from populations at census dates and the cases of each stratum (indirect standardisation).
//!
//! Between two censuses a population changes in a straight line, day by day; before the first and after the last it stays. An
//! interval counts its person-days. Each stratum (such as age group and sex, for rates of disease) has one rate in the whole study:
//! what an area expects is the sum over strata of rate times person-days (Kulldorff et al. 1998).

/// A population of an area at a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Census {
    /// The number of the area.
    pub area: u32,
    /// The day, counted from any day that all share.
    pub day: i64,
    /// People, or whatever reports can come from.
    pub people: f64,
}

/// One stratum: its cases in the whole study and its populations.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// Cases in all areas and intervals.
    pub cases: u64,
    /// Populations, in any order; several of one area and day are added up.
    pub censuses: Vec<Census>,
}

/// Why nothing can be expected.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PopulationError {
    /// A population that is no number of people.
    #[error("the population of area {area} is {people}: give a number of people, 0 or more")]
    People {
        /// The number of the area.
        area: u32,
        /// What stands there.
        people: f64,
    },
    /// An area that does not exist.
    #[error("a population names the area {0}, which does not exist")]
    Area(u32),
    /// Cases without anybody they could come from.
    #[error("stratum {0} has cases and no population in any area: give its population, or leave the stratum out")]
    Nobody(usize),
    /// Days that do not grow.
    #[error("the intervals of a study must each begin after the one before")]
    Bounds,
}

/// Expected cases by area and interval (area by area). `bounds` are the first days of the intervals, and the day after the last.
///
/// # Errors
/// When populations are not numbers, or cases come from nobody.
pub fn expected(areas: usize, bounds: &[i64], strata: &[Stratum]) -> Result<Vec<f64>, PopulationError> {
    if bounds.len() < 2 || bounds.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(PopulationError::Bounds);
    }
    let intervals = bounds.len() - 1;
    let mut all = vec![0.0; areas * intervals];
    for (number, stratum) in strata.iter().enumerate().filter(|(_, stratum)| stratum.cases > 0) {
        let mut by_area: Vec<Vec<(i64, f64)>> = vec![Vec::new(); areas];
        for census in &stratum.censuses {
            if !(census.people.is_finite() && census.people >= 0.0) {
                return Err(PopulationError::People { area: census.area, people: census.people });
            }
            by_area.get_mut(census.area as usize).ok_or(PopulationError::Area(census.area))?.push((census.day, census.people));
        }
        let mut own = Vec::with_capacity(all.len());
        for censuses in &mut by_area {
            censuses.sort_by_key(|(day, _)| *day);
            censuses.dedup_by(|later, kept| {
                later.0 == kept.0 && {
                    kept.1 += later.1;
                    true
                }
            });
            own.extend(bounds.windows(2).map(|pair| person_days(censuses, pair[0], pair[1])));
        }
        let sum: f64 = own.iter().sum();
        if sum <= 0.0 {
            return Err(PopulationError::Nobody(number));
        }
        let rate = stratum.cases as f64 / sum;
        all.iter_mut().zip(&own).for_each(|(all, own)| *all += own * rate);
    }
    Ok(all)
}

fn person_days(censuses: &[(i64, f64)], from: i64, to: i64) -> f64 {
    match censuses {
        [] => 0.0,
        [(_, people)] => people * (to - from) as f64,
        _ => (from..to).map(|day| people(censuses, day)).sum(),
    }
}

fn people(censuses: &[(i64, f64)], day: i64) -> f64 {
    let after = censuses.partition_point(|(date, _)| *date <= day);
    match (after.checked_sub(1).and_then(|at| censuses.get(at)), censuses.get(after)) {
        (Some((from, before)), Some((to, later))) => before + (later - before) * (day - from) as f64 / (to - from) as f64,
        (Some((_, people)), None) | (None, Some((_, people))) => *people,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_population_changes_in_a_straight_line_between_censuses_and_stays_outside() {
        let censuses = [(10, 100.0), (20, 200.0)];
        assert_eq!([0, 10, 15, 20, 99].map(|day| people(&censuses, day)), [100.0, 100.0, 150.0, 200.0, 200.0]);
    }

    #[test]
    fn what_is_expected_adds_up_to_the_cases_and_wrong_populations_are_named() {
        let census = |area, people| Census { area, day: 0, people };
        let strata =
            [Stratum { cases: 30, censuses: vec![census(0, 10.0), census(1, 20.0)] }, Stratum { cases: 5, censuses: vec![census(1, 1.0)] }];
        let expected_cases = expected(2, &[0, 10, 20], &strata).unwrap();
        assert_eq!(expected_cases, [5.0, 5.0, 12.5, 12.5]);
        let nobody = [Stratum { cases: 1, censuses: vec![census(0, 0.0)] }];
        assert_eq!(expected(2, &[0, 1], &nobody), Err(PopulationError::Nobody(0)));
        let negative = [Stratum { cases: 1, censuses: vec![census(0, -2.0)] }];
        assert_eq!(expected(2, &[0, 1], &negative), Err(PopulationError::People { area: 0, people: -2.0 }));
    }
}
