package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.sums.ErrorTotals;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;
import io.hindsight.driver.score.interval.IntervalScores;
import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.ctc.BestPath;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sums over scored targets from which losses, errors and accuracies follow. They are exact, so
 * however the targets are divided the figures have the same bits.
 */
public final class Scores implements Mergeable<Scores> {
  private static final long serialVersionUID = 1L;

  private final OutputSpec.Loss kind;
  private final int size; // O
  private final transient Optional<Forecast> forecast; // for adding, which is done before sending
  private final Total loss = new Total();
  private final Total weight = new Total(); // of targets
  private long targets;
  private long right;
  private final long[] answered; // (O): targets of each output that are not missing; or (0)
  private final ErrorTotals errors; // of each output; stays 0 unless targets are values
  private final transient NumberAnswers numbers; // for adding; null for others than values
  private final IntervalScores intervals; // stays 0 unless quantiles are answered
  private final BlockSums blocks; // null unless asked for
  private final Confusion confusion; // stays empty unless targets are classes
  private final LabelCounts labels; // stays 0 unless targets are labels
  private final StringErrors strings = new StringErrors(); // stays 0 unless they are strings

  /**
   * Zero.
   *
   * @param forecast decodes values to original units; absent leaves the network's units
   */
  public Scores(OutputSpec output, Optional<Forecast> forecast) {
    this(output, forecast, Optional.empty());
  }

  /**
   * Zero, also block by block.
   *
   * @param rule of the blocks; absent keeps no blocks
   */
  public Scores(OutputSpec output, Optional<Forecast> forecast, Optional<BlockRule> rule) {
    blocks = rule.map(BlockSums::new).orElse(null);
    this.kind = output.loss();
    this.size = output.size();
    this.forecast = forecast;
    int values = kind.targetsAreValues() ? size : 0;
    errors = new ErrorTotals(values);
    answered = new long[values + outputs(OutputSpec.Loss.BINARY_CROSS_ENTROPY)];
    numbers = kind.targetsAreValues() ? new NumberAnswers(output) : null;
    intervals = new IntervalScores(output.options().quantiles());
    confusion = new Confusion(outputs(OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY));
    labels = new LabelCounts(outputs(OutputSpec.Loss.BINARY_CROSS_ENTROPY));
  }

  private int outputs(OutputSpec.Loss loss) {
    return kind == loss ? size : 0;
  }

  /** Adds the loss of some targets of one sequence, which the kernels summed, and their weight. */
  void addLoss(double sum, double ofTargets) {
    loss.add(sum);
    weight.add(ofTargets);
  }

  /**
   * Adds one target's errors.
   *
   * @param step step of the sequence
   * @param outputs as the network gives them // (E·P), or (O) probabilities
   */
  void add(Sequence sequence, int step, double[] outputs) {
    targets++;
    switch (kind) {
      case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON ->
          addNumbers(sequence, step, outputs);
      case SOFTMAX_CROSS_ENTROPY -> addClass(sequence, step, outputs);
      case BINARY_CROSS_ENTROPY -> addLabels(sequence, step, outputs);
      case CTC -> throw new IllegalStateException("a step of a label string has no target");
    }
  }

  /**
   * Adds the answer to a label string.
   *
   * @param outputs probabilities of all scored steps // (T, O)
   * @param stringLoss of this string alone
   */
  void addString(Window window, double[] outputs, double stringLoss) {
    int[] truth = LabelString.of(window);
    int[] answer = BestPath.of(outputs, size);
    boolean isRight = Arrays.equals(truth, answer);
    targets++;
    right += isRight ? 1 : 0;
    strings.add(truth, answer);
    if (blocks != null) {
      blocks.addString(window.sequence().id(), truth, isRight, stringLoss);
    }
  }

  /** Adds the errors of the numbers that a step answers, and where targets lie among quantiles. */
  private void addNumbers(Sequence sequence, int step, double[] raw) {
    double[] answers = new double[size];
    for (int o = 0; o < size; o++) {
      double[] said = numbers.of(raw, 0, o);
      answers[o] = said[0];
      double actual = sequence.targets()[step * size + o];
      if (said.length > 1 && !Double.isNaN(actual)) {
        double[] quantiles = Arrays.copyOfRange(said, 1, said.length);
        if (forecast.isPresent()) {
          actual = forecast.get().actual(sequence, step, o);
          for (int q = 0; q < quantiles.length; q++) {
            quantiles[q] = forecast.get().decode(sequence, step, o, quantiles[q]);
          }
        }
        intervals.add(actual, quantiles);
      }
    }
    addErrors(sequence, step, answers);
  }

  private void addErrors(Sequence sequence, int step, double[] outputs) {
    double[] actual = new double[outputs.length];
    double[] error = new double[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      actual[o] = sequence.targets()[step * outputs.length + o];
      if (Double.isNaN(actual[o])) {
        continue;
      }
      error[o] = outputs[o] - actual[o];
      if (forecast.isPresent()) {
        Forecast units = forecast.get();
        actual[o] = units.actual(sequence, step, o);
        error[o] = units.decode(sequence, step, o, outputs[o]) - actual[o];
      }
      answered[o]++;
      errors.add(o, error[o]);
    }
    if (blocks != null) {
      blocks.addValues(sequence.id(), step, error, actual);
    }
  }

  private void addClass(Sequence sequence, int step, double[] outputs) {
    int truth = sequence.classes()[step];
    int answer = largest(outputs);
    right += answer == truth ? 1 : 0;
    confusion.add(truth, answer);
    if (blocks != null) {
      blocks.addClass(sequence.id(), step, truth, answer == truth, outputs);
    }
  }

  private void addLabels(Sequence sequence, int step, double[] outputs) {
    for (int o = 0; o < outputs.length; o++) {
      double target = sequence.targets()[step * outputs.length + o];
      if (!Double.isNaN(target)) {
        boolean truth = target >= 0.5;
        answered[o]++;
        right += (outputs[o] >= 0.5) == truth ? 1 : 0;
        labels.add(o, truth, outputs[o] >= 0.5);
      }
    }
    if (blocks != null) {
      int from = step * outputs.length;
      double[] truths = Arrays.copyOfRange(sequence.targets(), from, from + outputs.length);
      blocks.addLabels(sequence.id(), step, truths, outputs);
    }
  }

  /** Index of the largest output, the first of equals. */
  public static int largest(double[] outputs) {
    int largest = 0;
    for (int o = 1; o < outputs.length; o++) {
      largest = outputs[o] > outputs[largest] ? o : largest;
    }
    return largest;
  }

  @Override
  public void merge(Scores other) {
    loss.merge(other.loss);
    weight.merge(other.weight);
    targets += other.targets;
    right += other.right;
    Arrays.setAll(answered, o -> answered[o] + other.answered[o]);
    errors.merge(other.errors);
    confusion.merge(other.confusion);
    labels.merge(other.labels);
    strings.merge(other.strings);
    intervals.merge(other.intervals);
    if (blocks != null) {
      blocks.merge(other.blocks);
    }
  }

  /** The same block by block; absent unless asked for. */
  public Optional<BlockSums> blocks() {
    return Optional.ofNullable(blocks);
  }

  /** Mean loss per target by weight; NaN without targets. */
  public double loss() {
    return loss.value() / weight.value();
  }

  /** Number of targets. */
  public long targets() {
    return targets;
  }

  /** Changes that answers need to become the true label strings, per true label. */
  public double labelErrorRate() {
    return strings.rate();
  }

  /** True label strings that have no label. */
  long emptyStrings() {
    return strings.empty();
  }

  /** Share of classes, of labels, or of whole label strings that were right. */
  public double accuracy() {
    return (double) right / (isOfLabels() ? answers() : targets);
  }

  /** Numbers or labels of the targets that are not missing; not for classes. */
  public long answers() {
    return Arrays.stream(answered).sum();
  }

  /** The same of one output. */
  long answers(int o) {
    return answered[o];
  }

  /** Root of the mean squared error over targets and outputs, in original units where known. */
  public double rmse() {
    return errors.rmse(answers());
  }

  /** Mean absolute error over targets and outputs, in original units where known. */
  public double mae() {
    return errors.mae(answers());
  }

  /** Where targets lie among the quantiles that are answered; says nothing if there are none. */
  public IntervalScores intervals() {
    return intervals;
  }

  /** The errors of one output, as {@link #rmse} and {@link #mae}; for values only. */
  public TargetErrors errors(int o) {
    return new TargetErrors(errors.rmse(o, answered[o]), errors.mae(o, answered[o]));
  }

  /** Targets of each class, or that have each label // (O); empty for values. */
  public long[] support() {
    return isOfLabels() ? labels.support() : confusion.support();
  }

  /** How well each class or label is told // (O); empty for values. */
  public List<ClassFigures> figures() {
    return isOfLabels() ? labels.figures() : confusion.figures();
  }

  /**
   * Targets by true class (row) and answer (column) // (O, O); empty unless targets are classes.
   */
  public List<List<Long>> confusion() {
    return confusion.matrix();
  }

  private boolean isOfLabels() {
    return kind == OutputSpec.Loss.BINARY_CROSS_ENTROPY;
  }
}
