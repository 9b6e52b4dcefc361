#!/usr/bin/env python3
"""Runs `realm bench index` and FAISS in turns, on the same vectors, and prints the ratios.

    deploy/bench/libraries.py [arguments of `realm bench index`, for instance --quick]

Needs Python 3.9, numpy and, to compare with, faiss (faiss-cpu); without it, it says so and only
runs the benchmark. Every library runs on one thread; times are CPU times of that thread. Before
each round of ours, FAISS answers the same queries; a ratio is the median of the rounds' ratios.
IVF probes as many lists, and HNSW looks at as many nodes, as recall .95 takes here.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

REALM = pathlib.Path(__file__).resolve().parent.parent / "realm"
RECALL = 0.95


def main():
    try:
        import numpy
        import faiss
    except ImportError as missing:
        print(f"no comparison: {missing}; install numpy and faiss-cpu", file=sys.stderr)
        return subprocess.call([REALM, "bench", "index", *sys.argv[1:]])
    faiss.omp_set_num_threads(1)
    with tempfile.TemporaryDirectory(prefix="realm-libraries-") as folder:
        command = os.environ.get("REALM_BENCH", f"{REALM} bench index").split()
        command += [*sys.argv[1:], "--in-turns", "--out", folder]
        realm = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        libraries = None
        for line in realm.stderr:
            sys.stderr.write(line)
            if ": round " in line:
                libraries = libraries or Libraries(faiss, numpy, pathlib.Path(folder))
                libraries.round(int(line.rsplit(" ", 1)[1]), "exact: round" in line)
                realm.stdin.write("\n")
                realm.stdin.flush()
        print(realm.stdout.read(), end="")
        if realm.wait() == 0:
            libraries.compare(json.loads((pathlib.Path(folder) / "figures.json").read_text()))
        return realm.returncode


class Libraries:
    """FAISS's indexes over the vectors of a run, and what their rounds took."""

    def __init__(self, faiss, numpy, folder):
        shape = json.loads((folder / "shape.json").read_text())
        self.k, self.queries, dimension = shape["k"], shape["queries"], shape["dimension"]
        read = lambda name: numpy.fromfile(folder / name, "<f4").reshape(-1, dimension)
        self.passages, self.asked = read("passages.f32"), read("queries.f32")
        self.numpy, self.times = numpy, {}
        lists = max(16, int(len(self.passages) ** 0.5) * 2)
        say(f"faiss {faiss.__version__}: building, {lists} lists")
        product = faiss.METRIC_INNER_PRODUCT
        coarse = lambda: faiss.IndexFlatIP(dimension)
        quantized = faiss.ScalarQuantizer.QT_8bit
        self.indexes = {
            "IndexFlatIP": faiss.IndexFlatIP(dimension),
            "IVFFlat": faiss.IndexIVFFlat(coarse(), dimension, lists, product),
            "IVFSQ8": faiss.IndexIVFScalarQuantizer(coarse(), dimension, lists, quantized, product),
            "HNSW": faiss.IndexHNSWFlat(dimension, 32, product),
        }
        for name, index in self.indexes.items():
            index.train(self.passages)
            start = time.thread_time()
            index.add(self.passages)
            rate = len(self.passages) / (time.thread_time() - start)
            print(f"faiss {name}: {rate:,.0f} inserts a CPU second")
        self.truth = self.indexes["IndexFlatIP"].search(self.asked[: self.queries], self.k)[1]
        for name in ("IVFFlat", "IVFSQ8", "HNSW"):
            self.tune(name)

    def tune(self, name):
        """The least effort that finds enough, as far as it does."""
        index = self.indexes[name]
        knob = index.hnsw if name == "HNSW" else index
        attribute, effort = ("efSearch", self.k) if name == "HNSW" else ("nprobe", 1)
        while True:
            setattr(knob, attribute, effort)
            found = index.search(self.asked[: self.queries], self.k)[1]
            hits = sum(
                len(set(a) & set(b)) for a, b in zip(found.tolist(), self.truth.tolist())
            )
            recall = hits / self.truth.size
            if recall >= RECALL or effort >= 4096:
                break
            effort += max(1, effort // 4)
        print(f"faiss {name}: {attribute} {effort}, recall@{self.k} {recall:.3f}")

    def round(self, number, exact):
        first = number * self.queries
        asked = self.asked[first : first + self.queries]
        for name, index in self.indexes.items():
            if (name == "IndexFlatIP") == exact:
                start = time.thread_time()
                for query in asked:
                    index.search(query[self.numpy.newaxis], self.k)
                taken = (time.thread_time() - start) / len(asked) * 1e3
                self.times.setdefault(name, []).append(taken)

    def compare(self, figures):
        rounds = {figure["name"]: figure["rounds"] for figure in figures if figure["rounds"]}
        for name, taken in self.times.items():
            print(f"faiss {name}: {median(taken):.3f} ms CPU a query")
            ours = "exact" if name == "IndexFlatIP" else "cells"
            for variant in ("cached", "cached, four at once", "cache off"):
                pairs = [a / b for a, b in zip(rounds[f"{ours}, {variant}"], taken)]
                print(f"  {ours}, {variant}, against it: {median(pairs):.2f}x")


def median(values):
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def say(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
