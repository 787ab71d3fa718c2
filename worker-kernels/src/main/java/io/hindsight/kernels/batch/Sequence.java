package io.hindsight.kernels.batch;

import java.util.Arrays;

/**
 * One encoded sequence: numbers and ids of categories, or token ids, per step, and the target of
 * each step.
 *
 * <p>Row t of the targets is the label of step t. A network that answers at the last step only
 * reads row T−1. Steps before {@link #firstTarget} warm the hidden state and are not scored, nor is
 * a step that {@linkplain #lacksTarget lacks a target}: the class {@link #NO_CLASS}, a row of
 * {@link #NO_VALUE}, or the weight 0. A single element of {@link #NO_VALUE} is missing by itself.
 * The token {@link #NO_TOKEN} is read as a vector of zeros.
 */
public final class Sequence {
  /** The token of a step that reads none of the vocabulary. */
  public static final int NO_TOKEN = -1;

  /** Stands for each number of the target of a step that has none. */
  public static final double NO_VALUE = Double.NaN;

  /** The class id of a step that has no target. */
  public static final int NO_CLASS = -1;

  private final String id;
  private final int length;
  private final Begin begin;
  private final StepInputs inputs;
  private final double[] targets; // (T, E), or null
  private final int[] classes; // (T), or null
  private final double[] weights; // (T), or null where all are 1
  private final int targetWidth; // E, or 0

  /**
   * Where a sequence begins.
   *
   * @param firstTarget the first step that is scored
   * @param origin of a longer sequence that it is a part of, the step that it begins with
   */
  private record Begin(int firstTarget, int origin) {
    static final Begin FIRST = new Begin(0, 0);
  }

  private Sequence(
      String id,
      int length,
      Begin begin,
      StepInputs inputs,
      double[] targets,
      int[] classes,
      double[] weights) {
    if (length < 1) {
      throw new IllegalArgumentException("sequence '" + id + "' is empty");
    }
    if (begin.firstTarget < 0 || begin.firstTarget > length) {
      throw new IllegalArgumentException(
          "sequence '%s': first target %d is outside its %d steps"
              .formatted(id, begin.firstTarget, length));
    }
    this.id = id;
    this.length = length;
    this.begin = begin;
    this.inputs = inputs;
    this.targets = targets;
    this.classes = classes;
    this.weights = weights;
    targetWidth = targets == null ? 0 : targets.length / length;
  }

  /**
   * A sequence of feature vectors, without targets.
   *
   * @param features (T, I), row-major, not copied
   * @param length T, at least 1; must divide the array's length
   */
  public static Sequence ofFeatures(String id, double[] features, int length) {
    requireRows(id, "features", features.length, length);
    return new Sequence(id, length, Begin.FIRST, StepInputs.ofFeatures(features), null, null, null);
  }

  /**
   * A sequence of token ids, without targets.
   *
   * @param tokens (T), not copied; {@link #NO_TOKEN} where the step reads no token
   */
  public static Sequence ofTokens(String id, int[] tokens) {
    return new Sequence(
        id, tokens.length, Begin.FIRST, StepInputs.ofTokens(tokens), null, null, null);
  }

  /**
   * The same with categories at each step beside its features.
   *
   * @param ids (T, J), row-major, not copied; each in [0, rows of its table)
   */
  public Sequence withCategories(int[] ids) {
    requireRows(id, "categories", ids.length, length);
    return withInputs(inputs.withCategories(ids));
  }

  /** The same with what belongs to the whole sequence. */
  public Sequence withStatics(Statics statics) {
    return withInputs(inputs.withStatics(statics));
  }

  private Sequence withInputs(StepInputs others) {
    return new Sequence(id, length, begin, others, targets, classes, weights);
  }

  /** The same inputs without targets or weights, of which every step is answered. */
  public Sequence withoutTargets() {
    return new Sequence(id, length, new Begin(0, begin.origin), inputs, null, null, null);
  }

  /**
   * The same inputs with numeric targets.
   *
   * @param values (T, E), row-major, not copied; NaN where an element is missing, a row of NaN
   *     where the step has no target
   */
  public Sequence withTargets(double[] values) {
    requireRows(id, "targets", values.length, length);
    return new Sequence(id, length, begin, inputs, values, null, weights);
  }

  /**
   * The same inputs with a class id per step.
   *
   * @param ids (T), not copied; {@link #NO_CLASS} where the step has no target
   */
  public Sequence withClasses(int[] ids) {
    if (ids.length != length) {
      throw new IllegalArgumentException(
          "sequence '%s' has %d steps but %d class ids".formatted(id, length, ids.length));
    }
    return new Sequence(id, length, begin, inputs, null, ids, weights);
  }

  /**
   * The same with a weight for each step: what its loss counts, beside the others of its step of
   * training. A step of weight 0 is not scored.
   *
   * @param values (T), not copied; each finite and at least 0
   * @throws IllegalArgumentException if one is not, naming its step
   */
  public Sequence withWeights(double[] values) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          "sequence '%s' has %d steps but %d weights".formatted(id, length, values.length));
    }
    for (int step = 0; step < length; step++) {
      if (!(values[step] >= 0 && values[step] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "sequence '%s', step %d: a weight must be a number of at least 0, but is %s"
                .formatted(id, step, values[step]));
      }
    }
    return new Sequence(id, length, begin, inputs, targets, classes, values);
  }

  /** The same steps, known to be some of a longer sequence of this id, from step {@code origin}. */
  public Sequence from(int step) {
    return new Sequence(
        id, length, new Begin(begin.firstTarget, step), inputs, targets, classes, weights);
  }

  /** The step that this begins with of the longer sequence that it is a part of; else 0. */
  public int origin() {
    return begin.origin;
  }

  /** The same sequence, scored from step {@code step} on. */
  public Sequence scoredFrom(int step) {
    return new Sequence(
        id, length, new Begin(step, begin.origin), inputs, targets, classes, weights);
  }

  /**
   * An independent copy of some consecutive steps, under its own id.
   *
   * @param start first step, in [0, T)
   * @param steps number of steps, at least 1
   */
  public Sequence window(String windowId, int start, int steps) {
    int end = start + steps;
    int scored = Math.min(steps, Math.max(0, begin.firstTarget - start));
    return new Sequence(
        windowId,
        steps,
        new Begin(scored, 0),
        inputs.steps(start, end, length),
        targets == null
            ? null
            : Arrays.copyOfRange(targets, start * targetWidth(), end * targetWidth()),
        classes == null ? null : Arrays.copyOfRange(classes, start, end),
        weights == null ? null : Arrays.copyOfRange(weights, start, end));
  }

  /** The stable id: equal data has equal ids, whatever read it. */
  public String id() {
    return id;
  }

  /** T: number of steps, at least 1. */
  public int length() {
    return length;
  }

  /** The first step that is scored, in [0, T]. */
  public int firstTarget() {
    return begin.firstTarget;
  }

  /**
   * Whether step {@code step} is scored: from the first target on, unless it has no target while
   * others have. Without any targets every step counts, as it is answered.
   */
  public boolean isScored(int step) {
    return step >= begin.firstTarget && !lacksTarget(step);
  }

  /** Whether any step in [from, to) is scored. */
  public boolean isAnyScored(int from, int to) {
    for (int step = Math.max(from, begin.firstTarget); step < to; step++) {
      if (!lacksTarget(step)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the inputs are token ids. */
  public boolean isTokens() {
    return inputs.tokens() != null;
  }

  /** I: features per step; 1 for tokens. */
  public int width() {
    return isTokens() ? 1 : inputs.features().length / length;
  }

  /** E: numbers per target; 0 where targets are classes or absent. */
  public int targetWidth() {
    return targetWidth;
  }

  /** Whether there are targets, though a step may lack its own. */
  public boolean hasTargets() {
    return targets != null || classes != null;
  }

  /**
   * Whether a step of a sequence that has targets lacks its own, or its weight is 0, so that it is
   * not scored. A row of numbers is lacking if all of them are.
   *
   * @param step in [0, T)
   */
  public boolean lacksTarget(int step) {
    if (hasTargets() && weight(step) == 0) {
      return true;
    }
    if (classes != null) {
      return classes[step] == NO_CLASS;
    }
    return targets != null && isMissing(step * targetWidth, (step + 1) * targetWidth);
  }

  private boolean isMissing(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(targets[i])) {
        return false;
      }
    }
    return true;
  }

  /** What the loss of a step counts: 1 unless there are weights. */
  public double weight(int step) {
    return weights == null ? 1 : weights[step];
  }

  /** The live weights of the steps // (T); null where all are 1. */
  public double[] weights() {
    return weights;
  }

  /** The live features // (T, I); null for tokens. */
  public double[] features() {
    return inputs.features();
  }

  /** The live token ids // (T); null for features. */
  public int[] tokens() {
    return inputs.tokens();
  }

  /** J: categories per step. */
  public int categoryWidth() {
    return inputs.categories().length / length;
  }

  /** The live ids of the steps' categories // (T, J). */
  public int[] categories() {
    return inputs.categories();
  }

  /** What belongs to the whole sequence. */
  public Statics statics() {
    return inputs.statics();
  }

  /** The live numeric targets // (T, E); null where targets are classes or absent. */
  public double[] targets() {
    return targets;
  }

  /** The live class ids // (T); null where targets are numbers or absent. */
  public int[] classes() {
    return classes;
  }

  private static void requireRows(String id, String what, int elements, int length) {
    if (length < 1 || elements % length != 0) {
      throw new IllegalArgumentException(
          "sequence '%s': %d %s do not make %d steps".formatted(id, elements, what, length));
    }
  }
}
