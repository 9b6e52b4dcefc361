package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.processes.ClusterProcess;
import io.realmstream.deploy.processes.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the processes of a cluster and its folders take, over time, in MiB. */
final class Sizes {
  /** Between two samples. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final double MIB = 1 << 20;

  private final Map<String, Samples> samples = new LinkedHashMap<>();

  /**
   * How one of them changed.
   *
   * @param first median of the first third of the time
   * @param last median of the last third
   */
  record Size(String what, double first, double last, double most) {}

  /** Takes one of each. What has just ended has none. */
  void sample(FaultyCluster cluster) throws IOException {
    for (ClusterProcess process : cluster.processes()) {
      Path status = Path.of("/proc", Long.toString(process.pid()), "status");
      if (process.runs() && Files.exists(status)) {
        add(process.name() + " resident", resident(Files.readAllLines(status)));
      }
    }
    cluster
        .jobs()
        .heaps(cluster.of(Role.TASKMANAGER))
        .forEach((name, bytes) -> add(name + " heap", bytes / MIB));
    for (String folder : List.of("tmp", "checkpoints", "kafka")) {
      add(folder + " folder", bytes(cluster.directory().resolve(folder)) / MIB);
    }
  }

  List<Size> sizes() {
    List<Size> sizes = new ArrayList<>();
    samples.forEach(
        (what, all) -> {
          List<Double> values = all.values();
          int third = Math.max(1, values.size() / 3);
          sizes.add(
              new Size(
                  what,
                  median(values.subList(0, third)),
                  median(values.subList(values.size() - third, values.size())),
                  all.percentile(100)));
        });
    return sizes;
  }

  void add(String what, double mebibytes) {
    samples.computeIfAbsent(what, any -> new Samples()).add(mebibytes);
  }

  private static double median(List<Double> values) {
    Samples some = new Samples();
    values.forEach(some::add);
    return some.median();
  }

  /** The line is {@code VmRSS: 1234 kB}, see proc_pid_status(5). */
  private static double resident(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** Of all files; those that vanish meanwhile have none. */
  private static long bytes(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.mapToLong(path -> path.toFile().length()).sum();
    } catch (UncheckedIOException vanished) {
      return 0;
    }
  }
}
