"""Splink on DuckDB over a file of people (given_name, family_name, dob, phone, postcode, address, cluster): reads, trains,
predicts and clusters, and prints one line of JSON. Its thresholds are an oracle's: the best that the truth could tell it.

Comparisons and rules are those that Splink's documentation builds for people; training is its recommended order."""

import json
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

PLAIN = "nullif(trim(lower(strip_accents({0}))), '')"


def prepare(connection, file):
    connection.execute(
        f"""create table people as select unique_id, cluster,
            {PLAIN.format('given_name')} as given_name, {PLAIN.format('family_name')} as family_name,
            nullif(dob, '') as dob, right(nullif(regexp_replace(phone, '[^0-9]', '', 'g'), ''), 9) as phone,
            nullif(upper(replace(postcode, ' ', '')), '') as postcode, {PLAIN.format('address')} as address
            from read_csv('{file}', all_varchar=true)"""
    )


def settings():
    common = {"term_frequency_adjustments": True}
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            cl.NameComparison("given_name").configure(**common),
            cl.NameComparison("family_name").configure(**common),
            cl.DateOfBirthComparison("dob", input_is_string=True, invalid_dates_as_null=True),
            cl.DamerauLevenshteinAtThresholds("phone", [1]).configure(**common),
            cl.LevenshteinAtThresholds("postcode", [1]).configure(**common),
            cl.JaroWinklerAtThresholds("address", [0.9]).configure(**common),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("phone"),
            block_on("dob", "given_name"),
            block_on("dob", "family_name"),
            block_on("dob", "postcode"),
            block_on("postcode", "address"),
            block_on("given_name", "family_name"),
            "l.given_name = r.family_name and l.dob = r.dob",
        ],
        additional_columns_to_retain=["cluster"],
    )


def f1(right, said, are):
    return 2 * right / max(said + are, 1)


def main(file):
    started = time.perf_counter()
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    prepare(connection, file)
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register(connection.table("people")), settings(), log_level=None)
    same = [block_on("phone", "dob"), block_on("given_name", "family_name", "dob")]
    linker.training.estimate_probability_two_random_records_match(same, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=2)
    for rule in (block_on("given_name", "family_name"), block_on("dob", "postcode"), block_on("phone")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    one = lambda query: connection.execute(query).fetchall()[0][0]
    are = int(one("select sum(c * (c - 1) // 2) from (select count(*) c from people group by cluster)"))
    # The oracle: the threshold that is best for pairs.
    by_weight = connection.execute(
        f"""select round(match_weight) w, count(*), sum((cluster_l = cluster_r)::int)
            from {predicted.physical_name} group by 1 order by 1 desc"""
    ).fetchall()
    said = right = 0
    best = (0.0, 0.0)
    for weight, count, true in by_weight:
        said, right = said + count, right + int(true)
        best = max(best, (f1(right, said, are), weight))
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_weight=best[1])
    grouped = int(one(f"select count(*) from (select distinct cluster_id from {clusters.physical_name})"))
    seconds = time.perf_counter() - started
    right, said = connection.execute(
        f"""with met as (select cluster_id, cluster, count(*) c from {clusters.physical_name} group by 1, 2)
            select (select sum(c * (c - 1) // 2) from met),
                   (select sum(c * (c - 1) // 2) from (select sum(c) c from met group by cluster_id))"""
    ).fetchall()[0]
    print(
        json.dumps(
            {
                "seconds": round(seconds, 2),
                "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "pairs_f1_with_an_oracle": round(best[0], 4),
                "groups_f1": round(f1(int(right), int(said), are), 4),
                "groups": grouped,
            }
        )
    )


main(sys.argv[1])
