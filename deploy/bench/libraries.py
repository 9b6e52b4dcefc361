#!/usr/bin/env python3
"""Runs `realm bench index`, FAISS and JVector in turns, on the same vectors, and prints the ratios.

    deploy/bench/libraries.py [--jvector-count N] [arguments of `realm bench index`, like --quick]

Needs Python 3.9 and, to compare with: numpy and faiss (faiss-cpu); Maven, which fetches JVector,
and a JDK of 20 or newer for its SIMD: $JVECTOR_JAVA_HOME, or the newest of /usr/lib/jvm and
$JAVA_HOME. What is missing is said and left out.

Every library runs on one thread; times are CPU times of that thread. Before each round of ours,
the others answer the same queries, one by one; a ratio, ours by theirs, is the median of the
rounds' ratios. Each looks at as few lists, nodes or cells as recall .95 takes here. JVector has an
easier task where it gets fewer vectors; FAISS gets all its inserts in one batch.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

sys.dont_write_bytecode = True
import jvector

BENCH = pathlib.Path(__file__).resolve().parent
RECALL = 0.95
EFFORT_MAX = 4096
VARIANTS = ("cached", "cached, four at once", "cache off")
# Of IVF, times the root of the count: FAISS's guide says 4 to 16, single queries like fewer.
LISTS = (2, 4, 8)
EXACT = "FAISS IndexFlatIP"
EDITS = ("inserts, from nothing", "replaces, deletes and inserts")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter, allow_abbrev=False
    )
    parser.add_argument(
        "--jvector-count",
        type=int,
        default=50_000,
        metavar="N",
        help="the most passages that JVector gets: its graph takes long to build; default 50000",
    )
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="realm-libraries-") as folder:
        folder = pathlib.Path(folder)
        libraries = []
        for name, begin in (
            ("FAISS", lambda: faiss_begin(folder)),
            ("JVector", lambda: jvector.begin(folder, options.jvector_count, RECALL)),
        ):
            try:
                libraries.append(begin())
            except ImportError as missing:
                say(f"no {name}: {missing}")
        return in_turns(arguments, folder, libraries)


def in_turns(arguments, folder, begun):
    """Lets ours take turns with the libraries, which start once the vectors are in the folder."""
    command = os.environ.get("REALM_BENCH", f"{BENCH.parent / 'realm'} bench index").split()
    command += [*arguments, "--in-turns", "--out", str(folder)]
    realm = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    libraries = None
    try:
        for line in realm.stderr:
            sys.stderr.write(line)
            turn = re.search(r": (exact|cells): round (\d+)$", line)
            if turn:
                libraries = libraries or [start() for start in begun]
                for library in libraries:
                    library.round(turn[1], int(turn[2]))
                realm.stdin.write("\n")
                realm.stdin.flush()
        print(realm.stdout.read(), end="")
        if realm.wait() == 0 and libraries:
            compare(libraries, json.loads((folder / "figures.json").read_text()))
        return realm.returncode
    finally:
        realm.kill()
        for library in libraries or []:
            library.close()


def compare(libraries, figures):
    ours = {figure["name"]: figure for figure in figures}
    print_row("ms CPU of a query", "", "ours", VARIANTS)
    for library in libraries:
        for name, taken in library.times.items():
            layout = layout_of(name)
            rounds = [ours[f"{layout}, {variant}"]["rounds"] for variant in VARIANTS]
            ratios = [median([a / b for a, b in zip(round, taken)]) for round in rounds]
            print_row(name, f"{median(taken):.3f}", layout, with_titles(ratios, VARIANTS))
    print_row("inserts a CPU second", "", "ours", EDITS)
    for library in libraries:
        for name, rate in library.inserts.items():
            layout = layout_of(name)
            ratios = [ours[f"{layout}, {edits}"]["value"] / rate for edits in EDITS]
            print_row(name, f"{rate:,.0f}", layout, with_titles(ratios, EDITS))


def print_row(name, value, layout, columns):
    print(f"{name:28}{value:>10}   {layout:7}", *columns, sep="  ")


def with_titles(ratios, titles):
    return [f"{ratio:{len(title) - 1}.2f}x" for ratio, title in zip(ratios, titles)]


def layout_of(name):
    """How ours is laid out that a library's index is compared with."""
    return "exact" if name == EXACT else "cells"


def faiss_begin(folder):
    import numpy
    import faiss

    build = faiss.get_compile_options().strip()
    modules = [name for name in sys.modules if name.startswith("faiss.swigfaiss")]
    say(f"FAISS {faiss.__version__}, {build} ({', '.join(modules)})")
    if not re.search("AVX|DD|NEON|SVE", build):
        say("which is built without SIMD and far from what FAISS can do: ratios flatter ours")
    faiss.omp_set_num_threads(1)
    return lambda: Faiss(faiss, numpy, folder)


class Faiss:
    """FAISS's indexes over the vectors of a run, what their inserts and their rounds took."""

    def __init__(self, faiss, numpy, folder):
        shape = json.loads((folder / "shape.json").read_text())
        self.k, self.queries, self.dimension = shape["k"], shape["queries"], shape["dimension"]
        read = lambda name: numpy.fromfile(folder / name, "<f4").reshape(-1, self.dimension)
        self.passages, self.asked = read("passages.f32"), read("queries.f32")
        self.for_recall = self.asked[-shape["recallQueries"] :]
        self.faiss, self.numpy = faiss, numpy
        self.indexes, self.inserts, self.times = {}, {}, {}
        say(f"building FAISS's indexes of {len(self.passages):,} vectors")
        flat = faiss.IndexFlatIP(self.dimension)
        self.keep("IndexFlatIP", flat, self.add(flat))
        self.truth = flat.search(self.for_recall, self.k)[1]
        self.build_lists()
        graph = faiss.IndexHNSWFlat(self.dimension, 32, faiss.METRIC_INNER_PRODUCT)
        rate = self.add(graph)
        self.tune("HNSW", graph, graph.hnsw, "efSearch", self.k)
        self.keep("HNSW", graph, rate)

    def build_lists(self):
        """With several numbers of lists; the fastest stays."""
        best = {}
        for times in LISTS:
            coarse = self.faiss.IndexFlatIP(self.dimension)
            lists = coarse, self.dimension, int(times * len(self.passages) ** 0.5)
            for name in ("IVFFlat", "IVFSQ8"):
                index = self.inverted(name, lists)
                index.train(self.passages)  # the first of both trains the centroids
                rate = self.add(index)
                self.tune(name, index, index, "nprobe", 1)
                taken = min(self.time(index, 0) for _ in range(3))
                say(f"  {taken:.3f} ms with {index.nlist} lists")
                if name not in best or taken < best[name][0]:
                    best[name] = taken, index, rate
        for name, (_, index, rate) in best.items():
            say(f"FAISS {name}: {index.nlist} lists, probing {index.nprobe}, are its fastest")
            self.keep(name, index, rate)

    def inverted(self, name, lists):
        faiss, product = self.faiss, self.faiss.METRIC_INNER_PRODUCT
        if name == "IVFFlat":
            return faiss.IndexIVFFlat(*lists, product)
        return faiss.IndexIVFScalarQuantizer(*lists, faiss.ScalarQuantizer.QT_8bit, product)

    def keep(self, name, index, rate):
        self.indexes[f"FAISS {name}"], self.inserts[f"FAISS {name}"] = index, rate

    def add(self, index):
        start = time.thread_time()
        index.add(self.passages)
        return len(self.passages) / (time.thread_time() - start)

    def tune(self, name, index, knob, attribute, least):
        """Sets the least effort that finds enough, as far as it does."""

        def enough(effort):
            setattr(knob, attribute, effort)
            return self.recall(index) >= RECALL

        effort = least_effort(enough, least)
        setattr(knob, attribute, effort)
        say(f"FAISS {name}: {attribute} {effort}, recall@{self.k} {self.recall(index):.3f}")

    def recall(self, index):
        found = index.search(self.for_recall, self.k)[1]
        hits = sum(len(set(a) & set(b)) for a, b in zip(found.tolist(), self.truth.tolist()))
        return hits / self.truth.size

    def round(self, layout, number):
        for name, index in self.indexes.items():
            if layout_of(name) == layout:
                self.times.setdefault(name, []).append(self.time(index, number))

    def time(self, index, number):
        asked = self.asked[number * self.queries : (number + 1) * self.queries]
        start = time.thread_time()
        for query in asked:
            index.search(query[self.numpy.newaxis], self.k)
        return (time.thread_time() - start) / len(asked) * 1e3

    def close(self):
        pass


def least_effort(enough, least):
    """By doubling and halving; the most there is when nothing is enough."""
    low, high = least - 1, least
    while high < EFFORT_MAX and not enough(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def median(values):
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def say(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
