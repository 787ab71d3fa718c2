package io.hindsight.driver.score;

/** Squared and absolute errors, summed apart for each of O outputs. */
final class ErrorSums {
  private final double[] squares; // (O)
  private final double[] magnitudes; // (O)

  ErrorSums(int outputs) {
    squares = new double[outputs];
    magnitudes = new double[outputs];
  }

  void add(int output, double error) {
    squares[output] += error * error;
    magnitudes[output] += Math.abs(error);
  }

  void merge(ErrorSums other) {
    for (int o = 0; o < squares.length; o++) {
      squares[o] += other.squares[o];
      magnitudes[o] += other.magnitudes[o];
    }
  }

  /** The errors of an output over a number of targets. */
  TargetErrors of(int output, long targets) {
    return new TargetErrors(Math.sqrt(squares[output] / targets), magnitudes[output] / targets);
  }
}
