package io.realmstream.deploy.embedded;

import io.realmstream.deploy.cli.evaluate.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Edits at English Wikipedia's rate, at random moments, to pages that were loaded before: whether
 * the queue stays flat, how long an edit takes to be answerable, and what it costs.
 *
 * <pre>
 * java ... RateMeasurement [--seconds 600] [--rate 1.7] [--pages 100] [--warm-up 60]
 * </pre>
 */
@Command(name = "rate", mixinStandardHelpOptions = true)
public final class RateMeasurement implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Mixin private final MeasuredFollower follower = new MeasuredFollower();

  @Option(names = "--seconds", defaultValue = "600", description = "Default: ${DEFAULT-VALUE}.")
  private int seconds = 600;

  @Option(names = "--rate", defaultValue = "1.7", description = "Edits a second: ${DEFAULT-VALUE}.")
  private double rate = 1.7;

  @Option(names = "--pages", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
  private int pages = 100;

  @Option(
      names = "--warm-up",
      defaultValue = "60",
      description = "Seconds at the same rate that do not count: ${DEFAULT-VALUE}.")
  private int warmUp = 60;

  private final Random random = new Random(17);

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RateMeasurement()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<MadeUpPage> all = LongStream.rangeClosed(1, pages).mapToObj(MadeUpPage::new).toList();
    follower.run((directory, traffic) -> measure(traffic, all));
    return 0;
  }

  private void measure(FollowedTraffic traffic, List<MadeUpPage> all) {
    MeasuredFollower.load(traffic, all);
    edit(traffic, all, warmUp);
    FollowedTraffic.Counts counts = traffic.restart();
    StepTimes before = StepTimes.now();
    Samples queue = edit(traffic, all, seconds);
    StepTimes after = StepTimes.now();
    traffic.awaitAll();
    System.out.printf(Locale.ROOT, "%d s at %.1f edits a second%n", seconds, rate);
    System.out.println(MeasuredFollower.percentiles(counts));
    List<Double> waiting = queue.values();
    int third = waiting.size() / 3;
    System.out.printf(
        Locale.ROOT,
        "edits under way, mean of each third: %.1f, %.1f, %.1f; most %.0f%n",
        mean(waiting.subList(0, third)),
        mean(waiting.subList(third, 2 * third)),
        mean(waiting.subList(2 * third, waiting.size())),
        queue.percentile(100));
    after.print(before, counts.sent);
  }

  /** Sends for so long; returns how many edits were under way, each second. */
  private Samples edit(FollowedTraffic traffic, List<MadeUpPage> all, int length) {
    Samples queue = new Samples();
    long start = System.nanoTime();
    double next = 0;
    while (System.nanoTime() - start < Duration.ofSeconds(length).toNanos()) {
      double passed = (System.nanoTime() - start) / 1e9;
      if (passed >= next) {
        MadeUpPage page = all.get(random.nextInt(all.size()));
        page.edit();
        traffic.send(page);
        next -= Math.log(1 - random.nextDouble()) / rate;
      } else {
        traffic.poll(Duration.ofMillis(Math.min(50, (long) (1_000 * (next - passed)))));
      }
      if (passed > queue.count() * LOOK.toSeconds()) {
        queue.add(traffic.open());
      }
    }
    return queue;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
