package io.realmstream.deploy.cli.train;

import io.realmstream.deploy.cli.arguments.Range;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options of how a trunk is trained. */
@Command // else it is no mixin
final class TrainOptions {
  @Option(
      names = "--towers",
      paramLabel = "TOWERS",
      defaultValue = "both",
      description =
          "both: the transformer that passages and questions share; query: that of questions alone,"
              + " against an index that stays (default: ${DEFAULT-VALUE}).")
  private Towers towers = Towers.BOTH;

  @Option(
      names = "--steps",
      paramLabel = "COUNT",
      description = "Steps of one batch each. Default: each question once.")
  @Range(min = 1, max = 1_000_000)
  private @Nullable Integer steps;

  @Option(
      names = "--batch",
      paramLabel = "COUNT",
      defaultValue = "16",
      description =
          "Questions a step; the passages of the others are the wrong candidates"
              + " (default: ${DEFAULT-VALUE}).")
  @Range(min = 2, max = 1_024)
  private int batch = 16;

  @Option(
      names = "--learning-rate",
      paramLabel = "NUMBER",
      defaultValue = "3e-5",
      description = "Of Adam, at its highest (default: ${DEFAULT-VALUE}).")
  @Range(min = 0, max = 1)
  private double learningRate = 3e-5;

  @Option(
      names = "--tokens",
      paramLabel = "COUNT",
      defaultValue = "112",
      description =
          "Tokens of a text while it is learned from; its time grows with them"
              + " (default: ${DEFAULT-VALUE}).")
  @Range(min = 8, max = 512)
  private int tokens = 112;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Decides on the order of the questions (default: ${DEFAULT-VALUE}).")
  private long seed;

  Towers towers() {
    return towers;
  }

  /** Most tokens of a text. */
  int tokens() {
    return tokens;
  }

  /**
   * How to train.
   *
   * @param lessons how many there are
   * @param scale of f(x,z) = scale * (q . e)
   */
  TrunkTraining.Setting setting(int lessons, double scale) {
    return new TrunkTraining.Setting(steps(lessons), batch, learningRate, scale, seed);
  }

  /** The same for a report. */
  TrainReport.Setting report(String checkpoint, int lessons, int passages) {
    return new TrainReport.Setting(
        checkpoint, towers, lessons, passages, steps(lessons), batch, learningRate, seed);
  }

  private int steps(int lessons) {
    return steps == null ? (lessons + batch - 1) / batch : steps;
  }
}
