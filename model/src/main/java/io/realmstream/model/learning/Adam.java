package io.realmstream.model.learning;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) over one array of numbers, with the usual constants .9,
 * .999 and 1e-8.
 */
final class Adam {
  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  private final double[] first;
  private final double[] second;
  private int steps;

  Adam(int numbers) {
    this(new double[numbers], new double[numbers], 0);
  }

  /**
   * One that goes on.
   *
   * @param first moments, kept
   * @param second moments, kept
   * @param steps that were taken
   */
  Adam(double[] first, double[] second, int steps) {
    this.first = first;
    this.second = second;
    this.steps = steps;
  }

  double[] first() {
    return first;
  }

  double[] second() {
    return second;
  }

  int steps() {
    return steps;
  }

  /**
   * Moves the numbers one step against their gradient.
   *
   * @param gradient finite
   * @param rate about how far each number moves
   */
  void step(double[] numbers, double[] gradient, double rate) {
    steps++;
    double unbiasedFirst = 1 / (1 - Math.pow(FIRST_DECAY, steps));
    double unbiasedSecond = 1 / (1 - Math.pow(SECOND_DECAY, steps));
    for (int i = 0; i < numbers.length; i++) {
      first[i] = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * gradient[i];
      second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * gradient[i] * gradient[i];
      double deviation = Math.sqrt(second[i] * unbiasedSecond) + EPSILON;
      numbers[i] -= rate * first[i] * unbiasedFirst / deviation;
    }
  }
}
