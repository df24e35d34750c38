#!/usr/bin/env python3
"""Weeks of action, planned by VROOM, OR-tools and this engine in turn, each plan checked and valued by one checker.

usage: week.py PEERS_PLANNING --visits 40,150,400 --seeds 10 --limit 10 --solvers ours,vroom,ortools
"""
import argparse, datetime as dt, json, math, os, random, subprocess, tempfile, time

DAY = 86400
SKILLS = ["romanian", "female_officer", "charity", "vietnamese", "warrant", "driver"]


def week(n, seed):
    r = random.Random(seed)
    teams = max(2, n // 50)
    bases = [(r.uniform(5, 25), r.uniform(5, 25)) for _ in range(min(3, teams))]
    visits, shifts = [], []
    for _ in range(n):
        place = (r.gauss(15, 6), r.gauss(15, 6))
        skills = [s for s, q in zip(range(6), (.35, .25, .2, .1, .08, .1)) if r.random() < q][:2]
        windows = []
        for d in sorted(r.sample(range(5), r.choice([1, 2, 5]))):
            a, b = r.choice([(9, 12), (12, 18), (9, 18), (18, 22), (6, 10)])
            windows.append((d * DAY + a * 3600, d * DAY + b * 3600))
        visits.append(dict(place=place, seconds=60 * r.choice([20, 30, 45, 60, 75]), value=r.choice([5, 10, 10, 20, 40, 80, 100]), skills=skills, windows=windows))
    for t in range(teams):
        skills = sorted({0 if t % 2 == 0 else 3, 5} | {s for s in (1, 2, 4) if r.random() < .55})
        start = r.choice([6, 8, 10, 14])
        for d in range(5):
            shifts.append(dict(team=t, base=n + t % len(bases), start=d * DAY + start * 3600, end=d * DAY + (start + 8) * 3600, skills=skills))
    places = [v["place"] for v in visits] + bases
    travel = [[int(156 * math.hypot(a[0] - b[0], a[1] - b[1])) for b in places] for a in places]
    return visits, shifts, travel


def check(visits, shifts, travel, plan):
    value, seen, way = 0, set(), 0
    for s, route in plan:
        shift = shifts[s]
        t, p = shift["start"], shift["base"]
        for i in route:
            v = visits[i]
            if i in seen or not set(v["skills"]) <= set(shift["skills"]): return "skill, or twice"
            t += travel[p][i]; way += travel[p][i]
            fitting = [max(t, a) for a, b in v["windows"] if t <= b]
            if not fitting: return "late"
            t = fitting[0] + v["seconds"]; seen.add(i); value += v["value"]; p = i
        if route: t += travel[p][shift["base"]]; way += travel[p][shift["base"]]
        if t > shift["end"]: return "overrun"
    return value, len(seen), way


def ours(visits, shifts, travel, limit, seed, exe):
    p = dict(
        visits=[dict(id=str(i), place=i, value=v["value"], seconds=v["seconds"], windows=[{"from": a, "to": b} for a, b in v["windows"]],
                     needs=[dict(skill=SKILLS[k], count=1) for k in v["skills"]], bars=[], helped_by=[], conflicts=[], kind="", area="", uses=[], pin=None)
                for i, v in enumerate(visits)],
        people=[dict(id=str(j), skills=[SKILLS[k] for k in s["skills"]], accompanied=False) for j, s in enumerate(shifts)],
        shifts=[dict(id=str(j), team=str(s["team"]), members=[str(j)], base=s["base"], start=s["start"], end=s["end"], breaks=[]) for j, s in enumerate(shifts)],
        rules=[], quotas=[], resources=[], hours=[], travel=dict(places=len(travel), seconds=[x for r in travel for x in r]))
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as f: json.dump(p, f)
    done = subprocess.run([exe, "week", str(limit), str(seed), f.name], check=True, capture_output=True, text=True)
    os.unlink(f.name)
    return [(j, [s["visit"] for s in r["stops"]]) for j, r in enumerate(json.loads(done.stdout)["routes"])]


def vroom(visits, shifts, travel, limit, seed, exe):
    import numpy as np, vroom as V
    q = V.Input(); q.set_durations_matrix(profile="car", matrix_input=np.array(travel, dtype=np.uint32))
    for j, s in enumerate(shifts): q.add_vehicle(V.Vehicle(j, start=s["base"], end=s["base"], skills=set(s["skills"]), time_window=V.TimeWindow(s["start"], s["end"])))
    for i, v in enumerate(visits): q.add_job(V.Job(i, location=i, default_service=v["seconds"], skills=set(v["skills"]), priority=v["value"], time_windows=[V.TimeWindow(*w) for w in v["windows"]]))
    out = {}
    for _, row in q.solve(exploration_level=5, nb_threads=2, timeout=dt.timedelta(seconds=limit)).routes.iterrows():
        if row["type"] == "job": out.setdefault(int(row["vehicle_id"]), []).append(int(row["id"]))
    return list(out.items())


def ortools(visits, shifts, travel, limit, seed, exe):
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2 as E
    n, bases = len(visits), [s["base"] for s in shifts]
    m = pywrapcp.RoutingIndexManager(len(travel), len(shifts), bases, bases); R = pywrapcp.RoutingModel(m)
    R.SetArcCostEvaluatorOfAllVehicles(R.RegisterTransitMatrix(travel))
    R.AddDimension(R.RegisterTransitMatrix([[travel[i][j] + (visits[i]["seconds"] if i < n else 0) for j in range(len(travel))] for i in range(len(travel))]), 5 * DAY, 5 * DAY, False, "T")
    T = R.GetDimensionOrDie("T")
    for j, s in enumerate(shifts): T.CumulVar(R.Start(j)).SetRange(s["start"], s["end"]); T.CumulVar(R.End(j)).SetRange(s["start"], s["end"])
    for i, v in enumerate(visits):
        x = m.NodeToIndex(i); R.AddDisjunction([x], v["value"] * 100000)
        R.VehicleVar(x).SetValues([-1] + [j for j, s in enumerate(shifts) if set(v["skills"]) <= set(s["skills"])])
        c = T.CumulVar(x); c.SetRange(v["windows"][0][0], v["windows"][-1][1])
        for a, b in zip(v["windows"], v["windows"][1:]): c.RemoveInterval(a[1] + 1, b[0] - 1)
    p = pywrapcp.DefaultRoutingSearchParameters(); p.first_solution_strategy = E.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    p.local_search_metaheuristic = E.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH; p.time_limit.FromMilliseconds(int(limit * 1000))
    z, out = R.SolveWithParameters(p), []
    for j in range(len(shifts)):
        i, r = R.Start(j), []
        while not R.IsEnd(i):
            k = m.IndexToNode(i); r += [k] if k < n else []; i = z.Value(R.NextVar(i))
        out.append((j, r))
    return out


if __name__ == "__main__":
    a = argparse.ArgumentParser(); a.add_argument("exe"); a.add_argument("--visits", default="40,150,400"); a.add_argument("--seeds", type=int, default=10)
    a.add_argument("--limit", type=float, default=10); a.add_argument("--solvers", default="ours,vroom,ortools"); o = a.parse_args()
    for n in map(int, o.visits.split(",")):
        sums = {}
        for seed in range(1, o.seeds + 1):
            w = week(n, seed)
            for name in o.solvers.split(","):
                t = time.time(); c = check(*w, {"ours": ours, "vroom": vroom, "ortools": ortools}[name](*w, o.limit, seed, o.exe)); took = time.time() - t
                print(json.dumps(dict(visits=n, seed=seed, solver=name, seconds=round(took, 2), value=c[0] if c[1:] and not isinstance(c, str) else c, made=c[1], travel=c[2])), flush=True)
                if not isinstance(c, str): sums.setdefault(name, []).append(c[0])
        print(json.dumps(dict(visits=n, mean_value={k: sum(v) / len(v) for k, v in sums.items()})), flush=True)
