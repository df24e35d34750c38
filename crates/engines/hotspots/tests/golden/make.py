"""Makes local_statistics.json: what PySAL says about small sets. Run with esda 2.9.0, libpysal 4.14.1, numpy 2.4.6:
    python make.py > local_statistics.json
"""
import json
import warnings

import esda
import libpysal
import numpy as np

warnings.simplefilter("ignore")
rng = np.random.default_rng(20)


def finite(values):
    return [None if not np.isfinite(v) else float(v) for v in values]


def case(name, y, w, permutations):
    made = {"name": name, "values": [float(v) for v in y],
            "neighbours": [sorted(int(j) for j in w.neighbors[i]) for i in w.id_order], "answers": []}
    for transform in ("B", "R"):
        for star in (False, True):
            g = esda.G_Local(y, libpysal.weights.W(w.neighbors, silence_warnings=True), transform=transform, star=star,
                             permutations=0)
            row = {"statistic": "gi", "transform": transform, "star": star, "value": finite(g.Gs), "z": finite(g.Zs)}
            if permutations:
                _, sim = esda.crand.crand(
                    y, libpysal.weights.W(g.w.neighbors, g.w.weights, silence_warnings=True) if star else g.w, g.Gs, permutations,
                    True, 1, esda.getisord._g_local_star_crand if star else esda.getisord._g_local_crand, scaling=y.sum(), seed=7,
                    alternative="greater")
                row["larger"] = [float(v) for v in ((sim >= g.Gs[:, None] - 1e-12).sum(1) + 1) / (permutations + 1)]
            made["answers"].append(row)
        wi = libpysal.weights.W(w.neighbors, silence_warnings=True)
        m = esda.Moran_Local(y, wi, transformation=transform, permutations=permutations, seed=7)
        row = {"statistic": "moran", "transform": transform, "value": finite(m.Is), "expected": finite(m.EIc),
               "variance": finite(m.VIc), "quadrant": [int(v) for v in m.q]}
        if permutations:
            row["larger"] = [float(v) for v in ((m.rlisas >= m.Is[:, None] - 1e-12).sum(1) + 1) / (permutations + 1)]
        made["answers"].append(row)
    return made


sets = []
queen = libpysal.weights.lat2W(12, 9, rook=False)
y = rng.gamma(0.7, 3.0, 108)
y[40:44] += 15
sets.append(case("a grid of 12 by 9, queen", y, queen, 99999))
sets.append(case("a grid of 12 by 9, rook, counts", rng.poisson(2.0, 108).astype(float), libpysal.weights.lat2W(12, 9, rook=True), 0))
points = rng.uniform(0, 1000, (150, 2))
near = case("150 places, the 6 nearest", rng.normal(20, 4, 150), libpysal.weights.KNN.from_array(points, k=6), 0)
near["points"] = points.tolist()
near["nearest"] = 6
sets.append(near)
band = case("150 places within 120 metres, some alone", rng.lognormal(1, 1, 150),
            libpysal.weights.DistanceBand(points, threshold=120, silence_warnings=True), 0)
band["points"] = points.tolist()
band["band"] = 120
sets.append(band)
print(json.dumps({"esda": "2.9.0", "libpysal": "4.14.1", "sets": sets}))
