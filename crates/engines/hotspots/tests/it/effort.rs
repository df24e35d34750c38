//! Density for how hard anybody looked, and the loop that forms without it.

use plainsight_hotspots::{ALIKE, Choice, EffortError, Looked, Reason, Rule, Streams, World, effort, propose, simulate, truth};
use proptest::prelude::*;

fn area(reported: u32, found: u32, visits: f64) -> Looked {
    Looked { reported, found, visits, exposure: 10.0, days_since: (visits > 0.0).then_some(30), ..Looked::default() }
}

/// Where one place was visited ten times as often and found in each visit no more than others, it is no denser.
#[test]
fn finds_count_for_the_visits_they_took() {
    let known = effort(&[area(4, 40, 100.0), area(4, 4, 10.0), area(5, 4, 10.0), area(3, 5, 10.0)]).unwrap();
    assert_eq!(known.shape, ALIKE, "nothing differs beyond chance");
    assert!(known.estimates.iter().all(|one| (one.density - 1.0).abs() < 0.05 && one.streams == Streams::Agree), "{known:?}");
    assert!((known.found_rate - 53.0 / 130.0).abs() < 0.01 && (known.reported_rate - 0.4).abs() < 0.01, "{known:?}");
    let known = effort(&[area(40, 60, 100.0), area(4, 4, 10.0), area(5, 4, 10.0), area(0, 0, 0.0)]).unwrap();
    assert!(known.estimates[3].unseen && !known.estimates[0].unseen);
    let wide = |at: usize| known.estimates[at].between.1 / known.estimates[at].between.0;
    assert!(wide(3) > 3.0 * wide(0), "what nobody looked at is least known: {known:?}");
}

/// Twenty areas that differ, and one that is looked at more and more and goes on to give twice the average.
#[test]
fn who_looks_more_knows_more() {
    let mut areas: Vec<Looked> = (0..20).map(|at| area(2 + at % 5 * 4, 1 + at % 5 * 2, 10.0)).collect();
    let mut wide = f64::INFINITY;
    for times in [1_u32, 3, 9, 27] {
        areas.push(Looked {
            reported: 20 * times,
            found: 10 * times,
            visits: f64::from(10 * times),
            exposure: f64::from(10 * times),
            ..area(0, 0, 1.0)
        });
        let one = effort(&areas).unwrap().estimates[20];
        assert!((one.density - 2.0).abs() < 0.4 && one.between.1 - one.between.0 < wide, "{one:?}");
        wide = one.between.1 - one.between.0;
        areas.pop();
    }
}

#[test]
fn streams_that_say_different_things_are_told() {
    let mut areas = vec![area(10, 10, 100.0); 12];
    areas[0] = area(0, 30, 100.0);
    areas[1] = area(40, 0, 100.0);
    let known = effort(&areas).unwrap();
    assert_eq!((known.estimates[0].streams, known.estimates[1].streams), (Streams::FoundMore, Streams::ReportedMore));
    assert!(known.estimates[2..].iter().all(|one| one.streams == Streams::Agree));
}

#[test]
fn what_cannot_be_is_refused_with_its_area_and_nothing_is_still_an_answer() {
    assert_eq!(effort(&[]), Err(EffortError::Empty));
    let wrong = |looked: Looked| effort(&[area(1, 1, 1.0), looked]).unwrap_err();
    let exposure = Looked { exposure: f64::NAN, ..area(1, 1, 1.0) };
    assert_eq!(wrong(exposure), EffortError::Number { area: 1, what: "the exposure" });
    assert_eq!(wrong(Looked { visits: -1.0, ..area(1, 0, 0.0) }), EffortError::Number { area: 1, what: "the visits" });
    assert_eq!(wrong(Looked { reported: 1, ..Looked::default() }), EffortError::Exposure { area: 1 });
    assert_eq!(wrong(area(0, 1, 0.0)), EffortError::Visits { area: 1 });
    for areas in [vec![Looked::default()], vec![area(0, 0, 0.0); 3], vec![area(7, 0, 0.0)], vec![area(u32::MAX / 2_000_000, 3, 1.0); 2]] {
        let known = effort(&areas).unwrap();
        for one in &known.estimates {
            assert!(one.density.is_finite() && one.between.0.is_finite() && one.between.1.is_finite() && one.between.0 <= one.between.1);
            assert!((0.0..=1.0).contains(&one.above) && (0.0..=1.0).contains(&one.streams_p), "{one:?}");
        }
    }
}

#[test]
fn a_share_of_visits_goes_where_nobody_looked_and_any_such_place_can_be_drawn() {
    let mut areas: Vec<Looked> = (0..30).map(|at| area(at % 4, 2, 10.0)).collect();
    for area in &mut areas[20..] {
        *area = Looked { exposure: 10.0, ..Looked::default() };
    }
    let known = effort(&areas).unwrap();
    let mut drawn = [0; 30];
    for seed in 0..400 {
        let proposals = propose(&areas, &known, 10, 0.2, Rule::Density, seed);
        assert_eq!(proposals, propose(&areas, &known, 10, 0.2, Rule::Density, seed));
        let unseen: Vec<_> = proposals.iter().filter(|proposal| proposal.reason == Reason::Unseen).collect();
        assert!(unseen.len() == 2 && unseen.iter().all(|proposal| proposal.area >= 20 && proposal.drawn == Some(0.2)), "{proposals:?}");
        unseen.iter().for_each(|proposal| drawn[proposal.area] += 1);
        let mut places: Vec<usize> = proposals.iter().map(|proposal| proposal.area).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 10, "nothing is proposed twice");
    }
    assert!(drawn[20..].iter().all(|times| (50..=115).contains(times)), "of 800 draws each has about 80: {drawn:?}");
    // Where all were looked at, those looked at longest ago.
    let mut areas: Vec<Looked> = (0..10).map(|at| area(at % 4, 2, 10.0)).collect();
    areas[7].days_since = Some(400);
    areas[8].days_since = None;
    let proposals = propose(&areas, &effort(&areas).unwrap(), 5, 0.4, Rule::Draw, 1);
    let old: Vec<usize> = proposals.iter().filter(|proposal| proposal.reason == Reason::LongAgo).map(|proposal| proposal.area).collect();
    assert_eq!(old, [8, 7]);
    assert_eq!(propose(&areas, &effort(&areas).unwrap(), 99, 0.0, Rule::Draw, 1).len(), 10);
}

/// Car washes hold 14 % of what there is and had all visits so far. Ranked by counts they keep them for a year; ranked for how hard
/// anybody looked they do not, and what is found is more. Ten seeds.
#[test]
fn the_loop_forms_by_counts_and_not_by_effort() {
    let world = World::usual(52);
    assert!((truth(&world)[0] - 0.14).abs() < 0.01 && (truth(&world).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let courses = |choice| -> Vec<_> { (0..10).map(|seed| simulate(&world, choice, seed)).collect::<Vec<_>>() };
    let late = |course: &plainsight_hotspots::Course| course.shares[39..].iter().map(|share| share[0]).sum::<f64>() / 13.0;
    let counts = courses(Choice::Counts);
    let explored = courses(Choice::Explored(Rule::Density, 0.2));
    assert_eq!(explored[0], simulate(&world, Choice::Explored(Rule::Density, 0.2), 0));
    assert!(counts.iter().all(|course| late(course) > 0.75), "{:?}", counts.iter().map(late).collect::<Vec<_>>());
    let mean =
        |courses: &[plainsight_hotspots::Course], of: fn(&plainsight_hotspots::Course) -> f64| courses.iter().map(of).sum::<f64>() / 10.0;
    let of_all = explored.iter().map(late).sum::<f64>() / 10.0;
    assert!(of_all < 0.4 && explored.iter().all(|course| late(course) < 0.75), "{:?}", explored.iter().map(late).collect::<Vec<_>>());
    assert!(mean(&explored, |course| course.apart) < 0.6 * mean(&counts, |course| course.apart));
    let finds = |course: &plainsight_hotspots::Course| f64::from(course.finds.iter().sum::<u32>());
    assert!(mean(&explored, finds) > 1.2 * mean(&counts, finds), "{} {}", mean(&explored, finds), mean(&counts, finds));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_does_not_matter_and_looking_in_vain_lowers(
        areas in prop::collection::vec((0_u32..12, 0_u32..5, 0_u32..12, 1_u32..40, 1_u32..30), 2..12), more in 5.0..50.0_f64,
    ) {
        let areas: Vec<Looked> = areas
            .into_iter()
            .map(|(reported, third_party, found, exposure, visits)| Looked {
                reported, third_party, found, exposure: f64::from(exposure), visits: f64::from(visits), days_since: None,
            })
            .collect();
        let known = effort(&areas).unwrap();
        let mut turned = areas.clone();
        turned.reverse();
        for (one, other) in known.estimates.iter().zip(effort(&turned).unwrap().estimates.iter().rev()) {
            prop_assert!((one.density / other.density - 1.0).abs() < 1e-2, "{one:?} {other:?}");
        }
        for one in &known.estimates {
            prop_assert!(one.between.0 < one.density && one.density < one.between.1 && one.density.is_finite(), "{one:?}");
        }
        let mut vain = areas.clone();
        vain[0].visits += more;
        let after = effort(&vain).unwrap();
        let rank = |known: &plainsight_hotspots::Effort| known.estimates[0].density / known.estimates[1..].iter().map(|one| one.density).sum::<f64>();
        if areas[0].found > 0 && after.shape < ALIKE && known.shape < ALIKE {
            prop_assert!(rank(&after) <= rank(&known) * 1.25, "{} {}", rank(&after), rank(&known));
        }
    }
}
