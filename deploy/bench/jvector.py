"""JVector's graph over the vectors of a run, in a Java process of its own: JVector.java."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent
GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"


def begin(folder, count, recall):
    """Returns what builds a graph of at most `count` vectors, once they are in the folder."""
    maven, java = shutil.which("mvn"), newest_java()
    if not maven or not java:
        raise ImportError("no mvn found" if java else "no JDK found; set JVECTOR_JAVA_HOME")
    jars = folder / "jvector.classpath"
    fetched = subprocess.run(
        [maven, "-q", "-B", "-ntp", "-f", BENCH / "jvector.xml", GOAL, f"-Dmdep.outputFile={jars}"],
        stdout=subprocess.PIPE,
        text=True,
    )
    if fetched.returncode:
        raise ImportError(next(line for line in fetched.stdout.splitlines() if "ERROR" in line))
    return lambda: JVector(folder, [java, "-cp", jars.read_text().strip()], count, recall)


def newest_java():
    """Of the JDKs there are, the one with the highest version."""
    named, home = os.environ.get("JVECTOR_JAVA_HOME"), os.environ.get("JAVA_HOME")
    others = [*pathlib.Path("/usr/lib/jvm").glob("*"), *([home] if home else [])]
    versions = []
    for jdk in map(pathlib.Path, [named] if named else others):
        release = jdk / "release"
        if (jdk / "bin/javac").exists() and release.exists():
            version = re.search(r'JAVA_VERSION="([\d.]+)', release.read_text())
            if version:
                versions.append(([int(n) for n in version[1].strip(".").split(".")], jdk))
    return max(versions)[1] / "bin/java" if versions else None


class JVector:
    """JVector's graph over the first vectors of a run, in a process of its own."""

    def __init__(self, folder, java, count, recall):
        say(f"building JVector's graph of the first {count:,} vectors, if there are so many")
        self.process = subprocess.Popen(
            [*java, "--add-modules=jdk.incubator.vector", "-Dslf4j.internal.verbosity=ERROR"]
            + [BENCH / "JVector.java", folder, str(count), str(recall)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        facts = dict(fact.split(": ", 1) for fact in iter(self.read, ""))
        say("JVector: " + ", ".join(f"{name} {value}" for name, value in facts.items()))
        if "Default" in facts["jdk"]:
            say("which is scalar: its SIMD needs JDK 20 or newer; ratios flatter ours")
        self.name = f"JVector of {int(facts['vectors']):,} vectors"
        self.inserts, self.times = {self.name: float(facts["inserts"])}, {}

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("JVector ended; why stands above")
        return line.strip()

    def round(self, layout, number):
        if layout == "cells":
            self.process.stdin.write(f"{number}\n")
            self.process.stdin.flush()
            self.times.setdefault(self.name, []).append(float(self.read()))

    def close(self):
        self.process.kill()


def say(line):
    print(line, file=sys.stderr, flush=True)
