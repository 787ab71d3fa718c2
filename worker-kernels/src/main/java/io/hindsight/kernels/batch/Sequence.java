package io.hindsight.kernels.batch;

import java.util.Arrays;

/**
 * One encoded sequence: numbers and ids of categories, or token ids, per step, and the target of
 * each step.
 *
 * <p>Row t of the targets is the label of step t. A network that answers at the last step only
 * reads row T−1. Steps before {@link #firstTarget} warm the hidden state and are not scored, nor is
 * a step that {@linkplain #lacksTarget lacks a target}: the class {@link #NO_CLASS}, or a row of
 * {@link #NO_VALUE}. The token {@link #NO_TOKEN} is read as a vector of zeros.
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
  private final int firstTarget;
  private final StepInputs inputs;
  private final double[] targets; // (T, O), or null
  private final int[] classes; // (T), or null
  private final int targetWidth; // O, or 0

  private Sequence(
      String id, int length, int firstTarget, StepInputs inputs, double[] targets, int[] classes) {
    if (length < 1) {
      throw new IllegalArgumentException("sequence '" + id + "' is empty");
    }
    if (firstTarget < 0 || firstTarget > length) {
      throw new IllegalArgumentException(
          "sequence '%s': first target %d is outside its %d steps"
              .formatted(id, firstTarget, length));
    }
    this.id = id;
    this.length = length;
    this.firstTarget = firstTarget;
    this.inputs = inputs;
    this.targets = targets;
    this.classes = classes;
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
    return new Sequence(id, length, 0, StepInputs.ofFeatures(features), null, null);
  }

  /**
   * A sequence of token ids, without targets.
   *
   * @param tokens (T), not copied; {@link #NO_TOKEN} where the step reads no token
   */
  public static Sequence ofTokens(String id, int[] tokens) {
    return new Sequence(id, tokens.length, 0, StepInputs.ofTokens(tokens), null, null);
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
    return new Sequence(id, length, firstTarget, others, targets, classes);
  }

  /** The same inputs without targets, of which every step is answered. */
  public Sequence withoutTargets() {
    return new Sequence(id, length, 0, inputs, null, null);
  }

  /**
   * The same inputs with numeric targets.
   *
   * @param values (T, O), row-major, not copied; a row of NaN where the step has no target
   */
  public Sequence withTargets(double[] values) {
    requireRows(id, "targets", values.length, length);
    return new Sequence(id, length, firstTarget, inputs, values, null);
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
    return new Sequence(id, length, firstTarget, inputs, null, ids);
  }

  /** The same sequence, scored from step {@code step} on. */
  public Sequence scoredFrom(int step) {
    return new Sequence(id, length, step, inputs, targets, classes);
  }

  /**
   * An independent copy of some consecutive steps, under its own id.
   *
   * @param start first step, in [0, T)
   * @param steps number of steps, at least 1
   */
  public Sequence window(String windowId, int start, int steps) {
    int end = start + steps;
    int scored = Math.min(steps, Math.max(0, firstTarget - start));
    return new Sequence(
        windowId,
        steps,
        scored,
        inputs.steps(start, end, length),
        targets == null
            ? null
            : Arrays.copyOfRange(targets, start * targetWidth(), end * targetWidth()),
        classes == null ? null : Arrays.copyOfRange(classes, start, end));
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
    return firstTarget;
  }

  /**
   * Whether step {@code step} is scored: from the first target on, unless it has no target while
   * others have. Without any targets every step counts, as it is answered.
   */
  public boolean isScored(int step) {
    return step >= firstTarget && !lacksTarget(step);
  }

  /** Whether any step in [from, to) is scored. */
  public boolean isAnyScored(int from, int to) {
    for (int step = Math.max(from, firstTarget); step < to; step++) {
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

  /** O: numbers per target; 0 where targets are classes or absent. */
  public int targetWidth() {
    return targetWidth;
  }

  /** Whether there are targets, though a step may lack its own. */
  public boolean hasTargets() {
    return targets != null || classes != null;
  }

  /**
   * Whether a step of a sequence that has targets lacks its own, so that it is not scored.
   *
   * @param step in [0, T)
   */
  public boolean lacksTarget(int step) {
    if (classes != null) {
      return classes[step] == NO_CLASS;
    }
    return targets != null && Double.isNaN(targets[step * targetWidth]);
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

  /** The live numeric targets // (T, O); null where targets are classes or absent. */
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
