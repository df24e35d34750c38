"""PySAL's esda and scikit-learn over the numbers that peers-hotspots-cells made, beside its times."""
import sys
import time
import warnings

import esda
import libpysal
import numpy as np
from sklearn.neighbors import KernelDensity

warnings.simplefilter("ignore")
side, values, points, ours = int(sys.argv[1]), np.loadtxt(sys.argv[2]), np.loadtxt(sys.argv[3], delimiter=","), {}
for line in open(sys.argv[4]):
    name, number = line.split()
    ours[name] = float(number)


def timed(work):
    start = time.perf_counter()
    came = work()
    return time.perf_counter() - start, came


def tell(what, theirs, mine):
    print(f"{what}: peer {theirs:.4f} s, plainsight {mine:.5f} s, ratio {theirs / mine:.1f}", flush=True)


small = libpysal.weights.lat2W(20, 20, rook=False)
for jobs in (1, 2):  # the compiler's own time is not counted
    esda.G_Local(values[:400], small, transform="B", star=True, permutations=99, n_jobs=jobs, keep_simulations=False, seed=1)
    esda.Moran_Local(values[:400], small, permutations=99, n_jobs=jobs, keep_simulations=False, seed=1)
seconds, w = timed(lambda: libpysal.weights.lat2W(side, side, rook=False))
tell("queen neighbours", seconds, ours["queen"])
gi, moran = [], []
for jobs in (1, 2):
    for _ in range(2):
        gi.append(timed(lambda: esda.G_Local(values, w, transform="B", star=True, permutations=999, n_jobs=jobs,
                                             keep_simulations=False, seed=1))[0])
        moran.append(timed(lambda: esda.Moran_Local(values, w, permutations=999, n_jobs=jobs, keep_simulations=False, seed=1))[0])
print("esda Gi* n_jobs=1, 1, 2, 2:", [round(s, 3) for s in gi], " Moran:", [round(s, 3) for s in moran])
best = lambda name: min(ours[f"{name}_1"], ours[f"{name}_2"])
tell(f"Gi* 999 permutations, {side * side} cells", min(gi), best("gi_999"))
tell(f"local Moran 999 permutations, {side * side} cells", min(moran), best("moran_999"))
print("plainsight with 99,999 permutations:", best("gi_99999"), "s")
axis = -3000 + 70.0 * np.arange(200)
grid = np.array([(x, y) for y in axis for x in axis])
exact = None
for kernel in ("gaussian", "epanechnikov"):
    for rtol in (0.0, 1e-6, 1e-4, 1e-2) if kernel == "gaussian" else (0.0,):
        made = KernelDensity(bandwidth=300, kernel=kernel, rtol=rtol).fit(points)
        seconds, log = timed(lambda: made.score_samples(grid))
        found = np.exp(log)
        if rtol == 0.0:
            exact = found
        error = np.abs(found - exact) / exact.max()
        tell(f"density {kernel}, peer's rtol {rtol:g}, its error max {error.max():.1e} mean {error.mean():.1e}, beside our exact sum",
             seconds, ours[f"density_{kernel}_exact_1"])
        if kernel == "gaussian":
            tell(f"  beside our fast way (error max {ours['error_max_1e-4']:.1e} mean {ours['error_mean_1e-4']:.1e} of the highest)",
                 seconds, ours["density_gaussian_fast_1e-4"])
