#!/usr/bin/env python3
"""Evaluates 16 Pod Security policies on an 8 KB pod: kordon, the `cel` crate and cel-go in one run."""

import json
import shutil
import subprocess
import sys

from measure import ROOT, verdict

DATA = ROOT / "bench" / "pod-policies"


def figures(command, cwd):
    out = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout
    return {line["engine"]: line for line in map(json.loads, out.splitlines())}


def show(name, line):
    each = line["compile_ns"] / 1000 / line["expressions"] if "expressions" in line else None
    compile_text = f", compile {each:.1f} µs an expression" if each else ""
    print(f"{name:8} evaluate {line['evaluate_ns'] / 1000:8.2f} µs a pod{compile_text}")


files = [DATA / "policies.json", DATA / "pod.json"]
ours = figures(
    ["cargo", "run", "--quiet", "--release", "--package", "kordon-policy", "--example", "pod_policies", "--", *files], ROOT)
kordon, crate = ours["kordon"], ours["cel-crate"]
show("kordon", kordon)
show("cel", crate)
good = verdict("cel crate / kordon", crate["evaluate_ns"] / kordon["evaluate_ns"], -12)
good &= verdict("compile, an expression", kordon["compile_ns"] / 1000 / kordon["expressions"], 20, " µs")
if shutil.which("go"):
    go = figures(["go", "run", ".", *files], ROOT / "bench" / "cel-go")["cel-go"]
    show("cel-go", go)
    good &= verdict("cel-go / kordon", go["evaluate_ns"] / kordon["evaluate_ns"], -5)
else:
    print("skipped: go is not on the PATH", file=sys.stderr)
scale = ours["kordon-scale"]
good &= verdict("10,000 policies, load", scale["load_ns"] / 1e9, 1.2, " s")
good &= verdict("10,000 policies, memory", scale["load_mb"], 200, " MB")
good &= verdict("an object beside 9,900 policies that cannot match, slower by", scale["nonmatching_ratio"], 1.1)
good &= verdict("stops after its deadline by", ours["kordon-deadline"]["late_ns"] / 1e6, 5, " ms")
raise SystemExit(0 if good else 1)
