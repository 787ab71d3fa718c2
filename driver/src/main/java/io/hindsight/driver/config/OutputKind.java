package io.hindsight.driver.config;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The kinds of output: what belongs together in activation, loss and targets. */
public enum OutputKind {
  /** Numbers. */
  VALUE("identity", "squared-error", Loss.SQUARED_ERROR, TargetKind.VALUE),
  /** One class of several. */
  CLASS("softmax", "cross-entropy", Loss.SOFTMAX_CROSS_ENTROPY, TargetKind.CLASS),
  /** Any number of labels. */
  MULTILABEL("sigmoid", "binary-cross-entropy", Loss.BINARY_CROSS_ENTROPY, TargetKind.MULTILABEL),
  /** A string of labels for the whole sequence. */
  LABEL_STRING("softmax", "ctc", Loss.CTC, TargetKind.LABEL_STRING),
  /** One class of several that have an order. */
  ORDERED("cumulative-sigmoid", "cumulative-logits", Loss.CUMULATIVE_LOGITS, TargetKind.ORDERED);

  private final String activation;
  private final String lossName;
  private final Loss loss;
  private final TargetKind targets;

  OutputKind(String activation, String lossName, Loss loss, TargetKind targets) {
    this.activation = activation;
    this.lossName = lossName;
    this.loss = loss;
    this.targets = targets;
  }

  /** The output's nonlinearity, as {@code model.output.activation} names it. */
  public String activation() {
    return activation;
  }

  /** The loss, as {@code model.output.loss} names it. */
  public String lossName() {
    return lossName;
  }

  /** The loss. */
  public Loss loss() {
    return loss;
  }

  /** The targets it is for. */
  public TargetKind targets() {
    return targets;
  }

  /** The names of all activations. */
  public static List<String> activations() {
    return Arrays.stream(values()).map(OutputKind::activation).distinct().toList();
  }

  /** The names of all losses. */
  public static List<String> losses() {
    return Arrays.stream(values()).map(OutputKind::lossName).toList();
  }

  /** The kind of a loss's name, or the first of an activation's. */
  public static OutputKind named(String word) {
    return first(kind -> kind.isNamed(word));
  }

  /** Whether an activation's or loss's name may stand for this kind. */
  public boolean isNamed(String word) {
    return activation.equals(word) || lossName.equals(word);
  }

  /** The kind with this loss; quantiles and distributions are of numbers, too. */
  public static OutputKind of(Loss loss) {
    return first(kind -> kind.loss == (loss.targetsAreValues() ? Loss.SQUARED_ERROR : loss));
  }

  /** The kind for these targets. */
  public static OutputKind of(TargetKind targets) {
    return first(kind -> kind.targets == targets);
  }

  private static OutputKind first(Predicate<OutputKind> condition) {
    return Arrays.stream(values()).filter(condition).findFirst().orElseThrow();
  }
}
