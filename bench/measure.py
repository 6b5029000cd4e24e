"""Runs whole processes and reads what the kernel says they cost."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KORDON_SHARED") or ROOT.parent / "shared")


class Cost:
    """CPU and wall seconds, peak resident MB, exit code of one process and its children."""

    def __init__(self, cpu, wall, mb, code):
        self.cpu, self.wall, self.mb, self.code = cpu, wall, mb, code

    def __str__(self):
        return f"{self.cpu:8.3f} CPU s  {self.wall:8.3f} s  {self.mb:7.1f} MB"


def once(command, **environment):
    devnull = os.open(os.devnull, os.O_RDWR)
    started = time.perf_counter()
    pid = os.posix_spawnp(
        str(command[0]), [str(word) for word in command], {**os.environ, **environment},
        file_actions=[(os.POSIX_SPAWN_DUP2, devnull, fd) for fd in (0, 1, 2)],
    )
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    os.close(devnull)
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(cpu, wall, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def best(command, runs=5, **environment):
    """The run with the least CPU: noise of the machine only ever adds."""
    return min((once(command, **environment) for _ in range(runs)), key=lambda cost: cost.cpu)


def build():
    """Builds and returns the release binary and the one that only parses."""
    subprocess.run(
        ["cargo", "build", "--quiet", "--release", "--package", "kordon-cli"], cwd=ROOT, check=True)
    subprocess.run(
        ["cargo", "build", "--quiet", "--release", "--package", "kordon-manifest", "--example", "parse"],
        cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "release"
    return target / "kordon", target / "examples" / "parse"


def peer(name):
    """A peer's program: on the PATH, or in the folder that KORDON_PEERS names."""
    folder = os.environ.get("KORDON_PEERS", "")
    found = shutil.which(name, path=os.pathsep.join([folder, os.environ.get("PATH", "")]))
    if not found:
        print(f"skipped: {name} is neither on the PATH nor in KORDON_PEERS", file=sys.stderr)
    return found


def corpora(folder):
    """Unpacks the shared corpora and returns their folders."""
    archives = sorted((SHARED / "corpora").glob("*.tar.zst"))
    if not archives:
        sys.exit(f"no corpora in {SHARED / 'corpora'} (KORDON_SHARED)")
    for archive in archives:
        unpacked = subprocess.run(
            ["zstd", "--quiet", "--decompress", "--stdout", "--long=27", archive],
            check=True, capture_output=True)
        subprocess.run(["tar", "x", "-C", folder], input=unpacked.stdout, check=True)
    return sorted(Path(folder).iterdir())


def cluster(folder, workloads, form):
    """A generated cluster: one JSON file, or a folder of YAML files."""
    target = Path(folder) / (f"{workloads}.json" if form == "json" else f"{workloads}-yaml")
    subprocess.run(
        [sys.executable, SHARED / "bench" / "gen_cluster.py", "--workloads", str(workloads),
         "--format", form, "--out", target],
        check=True, capture_output=True)
    return target


def scratch():
    return tempfile.TemporaryDirectory(prefix="kordon-bench-")


def verdict(what, value, limit, unit=""):
    """Prints a figure beside its limit: `at most` for positive limits, `at least` for negative ones."""
    good = value <= limit if limit >= 0 else value >= -limit
    word = "at most" if limit >= 0 else "at least"
    print(f"{'ok  ' if good else 'MISS'} {what}: {value:.3f}{unit} ({word} {abs(limit)}{unit})")
    return good
