"""The scan statistic as plain loops that numba compiles, over the studies of `peers-hotspots-scan generate`.

    numba_scan.py STUDY REPLICATES [PERIOD]

One thread for each core. The first call compiles and is not timed.
"""

import json
import math
import sys
import time

import numba
import numpy as np


@numba.njit(cache=True)
def ratio(inside, size, cases, everybody):
    if everybody == 0.0:
        if inside <= size or size <= 0.0:
            return 0.0
        value = inside * math.log(inside / size)
        if cases > inside:
            value += (cases - inside) * math.log((cases - inside) / (cases - size))
        return value
    rest, others = cases - inside, everybody - size
    if size <= 0.0 or others <= 0.0 or inside * others <= rest * size:
        return 0.0
    value = -cases * math.log(cases / everybody) - (everybody - cases) * math.log((everybody - cases) / everybody)
    for count, of in ((inside, size), (size - inside, size), (rest, others), (others - rest, others)):
        if count > 0.0:
            value += count * math.log(count / of)
    return value


@numba.njit(cache=True)
def highest(near, counts, sizes, cases, everybody, longest, prospective, most):
    areas, intervals = counts.shape
    best = 0.0
    up_to = np.zeros(intervals + 1)
    size_to = np.zeros(intervals + 1)
    for centre in range(areas):
        sum_counts = np.zeros(intervals)
        sum_sizes = np.zeros(intervals)
        whole = 0.0
        for at in near[centre]:
            for interval in range(intervals):
                sum_counts[interval] += counts[at, interval]
                sum_sizes[interval] += sizes[at, interval]
                whole += sizes[at, interval]
            if whole > most * (1.0 + 1e-12):
                break
            for interval in range(intervals):
                up_to[interval + 1] = up_to[interval] + sum_counts[interval]
                size_to[interval + 1] = size_to[interval] + sum_sizes[interval]
            for end in range(intervals if prospective else 1, intervals + 1):
                for begin in range(max(0, end - longest), end):
                    inside = up_to[end] - up_to[begin]
                    if inside >= 2.0:
                        value = ratio(inside, size_to[end] - size_to[begin], cases, everybody)
                        if value > best:
                            best = value
    return best


@numba.njit(parallel=True, cache=True)
def replicates(near, counts, sizes, model, everybody, longest, prospective, most, how_many):
    areas, intervals = counts.shape
    cases = counts.sum()
    found = np.empty(how_many)
    flat = counts.copy().reshape(areas * intervals)
    whole = sizes.copy().reshape(areas * intervals)
    rows = np.empty(int(cases), np.int64)
    columns = np.empty(int(cases), np.int64)
    at = 0
    for cell in range(areas * intervals):
        for _ in range(int(flat[cell])):
            rows[at], columns[at] = cell // intervals, cell % intervals
            at += 1
    people = np.empty(int(whole.sum()) if model == 2 else 0, np.int64)
    if model == 2:
        at = 0
        for cell in range(areas * intervals):
            for _ in range(int(whole[cell])):
                people[at] = cell
                at += 1
    sums = np.cumsum(whole)
    for number in numba.prange(how_many):
        np.random.seed(number)
        drawn = np.zeros((areas, intervals))
        if model == 0:
            times = np.random.permutation(columns)
            for at in range(len(rows)):
                drawn[rows[at], times[at]] += 1.0
        elif model == 1:
            for _ in range(int(cases)):
                cell = np.searchsorted(sums, np.random.random() * sums[-1])
                drawn[cell // intervals, cell % intervals] += 1.0
        else:
            chosen = np.random.permutation(people)[: int(cases)]
            for cell in chosen:
                drawn[cell // intervals, cell % intervals] += 1.0
        found[number] = highest(near, drawn, sizes, cases, everybody, longest, prospective, most)
    return found


def main(file, how_many, only=None):
    with open(file, encoding="utf-8") as opened:
        study = json.load(opened)
    places = np.array(study["places"])
    intervals = study["intervals"]
    counts = np.array(study["cases"], float).reshape(-1, intervals)
    everybody = 0.0
    if study["expected"] is not None:
        model, sizes = 1, np.array(study["expected"], float).reshape(-1, intervals)
        sizes *= counts.sum() / sizes.sum()
    elif study["controls"] is not None:
        model, sizes = 2, counts + np.array(study["controls"], float).reshape(-1, intervals)
        everybody = sizes.sum()
    else:
        model, sizes = 0, np.outer(counts.sum(1), counts.sum(0)) / counts.sum()
    apart = ((places[:, None] - places[None]) ** 2).sum(2)
    near = np.argsort(apart, axis=1, kind="stable")
    longest = max(intervals // 2, 1)
    for name, prospective in (("retrospective", False), ("prospective", True)):
        if prospective and intervals == 1 or only not in (None, name):
            continue
        # Compiles, and ends at the first area of every zone.
        highest(near, counts, sizes, counts.sum(), everybody, longest, prospective, 0.0)
        replicates(near, counts, sizes, model, everybody, longest, prospective, 0.0, 2)
        start = time.perf_counter()
        llr = highest(near, counts, sizes, counts.sum(), everybody, longest, prospective, sizes.sum() / 2)
        found = replicates(near, counts, sizes, model, everybody, longest, prospective, sizes.sum() / 2, how_many)
        seconds = time.perf_counter() - start
        p = (1 + int((found >= llr - 1e-9).sum())) / (how_many + 1)
        print(json.dumps({"period": name, "llr": llr, "p": p, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:4])
