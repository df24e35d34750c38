//! How well it links what it was never told the truth of. The bars are those the project set itself; the threshold is the
//! model's own.

use plainsight_linkage::{at_precision, dedupe, explain, train};
use plainsight_names::Unwatched;

use super::sets::{OPTIONS, f1, read};

/// Splink 5 with its documentation's model and an oracle's threshold: 0.919.
#[test]
fn a_thousand_invented_people_with_errors_are_grouped_without_labels() {
    let (table, truth) = read("fake_1000.csv", "cluster");
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    let linked = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
    assert!(f1(&linked, &truth) >= 0.93, "{}", f1(&linked, &truth));
}

/// Whoever asks for surer links gets fewer, and those are surer in truth as well.
#[test]
fn links_can_be_asked_to_be_as_sure_as_somebody_needs() {
    let (table, truth) = read("fake_1000.csv", "cluster");
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    let linked = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
    let right = |linked: &plainsight_linkage::Linked| {
        let same = linked.pairs.iter().filter(|pair| truth[pair.one as usize] == truth[pair.other as usize]).count();
        f64::from(u32::try_from(same).unwrap()) / f64::from(u32::try_from(linked.pairs.len().max(1)).unwrap())
    };
    let as_it_is = at_precision(&table, &model, linked.clone(), linked.precision, &OPTIONS, &Unwatched).unwrap();
    assert!(as_it_is == (model.clone(), linked.clone()));
    let (surer, sure) = at_precision(&table, &model, linked.clone(), 0.999, &OPTIONS, &Unwatched).unwrap();
    assert!(surer.threshold > model.threshold && sure.precision >= 0.999);
    assert!(sure.pairs.len() < linked.pairs.len() && right(&sure) > right(&linked) && right(&sure) > 0.99, "{}", right(&sure));
    // The model that it gives links the same.
    assert!(dedupe(&table, &surer, &OPTIONS, &Unwatched).unwrap().pairs == sure.pairs);
    let (_, none) = at_precision(&table, &model, linked, 1.0 - 1e-15, &OPTIONS, &Unwatched).unwrap();
    assert!(none.pairs.len() < sure.pairs.len());
}

/// The third set of FEBRL: nearly every duplicate can be found, and must be.
#[test]
fn the_third_set_of_febrl_is_grouped_nearly_without_a_fault() {
    let (table, truth) = read("febrl3.csv", "rec_id");
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    let linked = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
    assert!(f1(&linked, &truth) >= 0.999, "{}", f1(&linked, &truth));
}

#[test]
fn the_answer_depends_on_the_seed_and_not_on_the_threads() {
    let (table, _) = read("fake_1000.csv", "cluster");
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    let linked = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
    for threads in [1, 3, 7] {
        let options = plainsight_linkage::Options { threads, ..OPTIONS };
        assert_eq!(train(&table, &[], &options, &Unwatched).unwrap(), model);
        assert_eq!(dedupe(&table, &model, &options, &Unwatched).unwrap(), linked);
    }
}

/// Every score explains itself: the parts are the weight.
#[test]
fn the_parts_of_a_pair_add_up_to_its_weight() {
    let (table, _) = read("fake_1000.csv", "cluster");
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    let linked = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
    for pair in linked.pairs.iter().step_by(50) {
        let parts = explain(&table, &model, pair.one, pair.other).unwrap();
        let sum: f64 = parts.iter().map(|part| part.weight).sum();
        assert!((sum - f64::from(pair.weight)).abs() < 1e-3, "{sum} {}", pair.weight);
        assert_eq!(parts[0].field, "prior");
    }
}
