#!/usr/bin/env python3
"""Scans the five corpora: against bare parsing of the same bytes, and against Trivy and checkov."""

from measure import best, build, corpora, once, peer, scratch, verdict

kordon, parse = build()
trivy, checkov = peer("trivy"), peer("checkov")
good = True
with scratch() as folder:
    sets = corpora(folder)
    scan = best([kordon, "scan", folder, "--format", "json", "--quiet", "--no-ignore"])
    bare = best([parse, folder])
    print(f"scan   {scan}\nparse  {bare}")
    good &= verdict("scan / parse, CPU", scan.cpu / bare.cpu, 1.5)
    good &= verdict("scan, memory", scan.mb, 100, " MB")
    if trivy:
        cache = f"{folder}.trivy"
        offline = ["--cache-dir", cache, "--skip-check-update", "--skip-version-check", "--quiet", "--format", "json"]
        costs = [once([trivy, "config", *offline, each]) for each in sets]
        if any(cost.code != 0 for cost in costs):
            raise SystemExit("trivy did not do its job; run it by hand to see why")
        cpu = sum(cost.cpu for cost in costs)
        print(f"trivy  {cpu:8.3f} CPU s                {max(cost.mb for cost in costs):7.1f} MB")
        good &= verdict("Trivy / scan, CPU", cpu / scan.cpu, -80)
    if checkov:
        quiet = ["--framework", "kubernetes", "--quiet", "--compact", "--output", "json", "--directory"]
        cpu = sum(once([checkov, *quiet, each]).cpu for each in sets)
        print(f"checkov / scan, CPU: {cpu / scan.cpu:.0f}")
with scratch() as folder:
    pod = f"{folder}/pod.yaml"
    with open(pod, "w") as file:
        file.write("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: c, image: nginx}]\n")
    small = min((once([kordon, "scan", folder, "--quiet"]) for _ in range(20)), key=lambda cost: cost.wall)
    print(f"small  {small}")
    good &= verdict("one small file, whole process", small.wall * 1000, 30, " ms")
raise SystemExit(0 if good else 1)
