#!/usr/bin/env python3
"""Scans generated clusters of 1,000 to 20,000 workloads: is the cost linear, and how high at the top?"""

import math

from measure import best, build, cluster, scratch, verdict

SIZES = [1000, 2000, 5000, 10000, 20000]

kordon, parse = build()
good = True
with scratch() as folder:
    costs = []
    for size in SIZES:
        file = cluster(folder, size, "json")
        costs.append(best([kordon, "scan", file, "--format", "json", "--quiet"], runs=3))
        print(f"{size:6} JSON {costs[-1]}")
    exponent = math.log(costs[-1].cpu / costs[0].cpu) / math.log(SIZES[-1] / SIZES[0])
    good &= verdict("exponent of CPU over workloads", exponent, 1.1)
    good &= verdict("20,000 workloads, CPU", costs[-1].cpu, 2.2, " s")
    good &= verdict("20,000 workloads, memory", costs[-1].mb, 300, " MB")
    files = cluster(folder, SIZES[-1], "yaml")
    scan = best([kordon, "scan", files, "--format", "json", "--quiet"], runs=3)
    bare = best([parse, files], runs=3)
    print(f" 20000 YAML {scan}\n      parse {bare}")
    good &= verdict("folder of YAML, scan / parse, CPU", scan.cpu / bare.cpu, 1.5)
raise SystemExit(0 if good else 1)
