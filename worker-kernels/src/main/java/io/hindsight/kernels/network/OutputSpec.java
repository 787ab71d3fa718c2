package io.hindsight.kernels.network;

import io.hindsight.kernels.network.output.LossOptions;
import java.util.Objects;

/**
 * What a network answers: a linear map of the top hidden state to logits, and the loss on them.
 *
 * <p>A target is a class, or E numbers: its elements, several columns at several horizons laid out
 * {@code h·columns + column}. Of an element a network answers P raw values, so that its logits are
 * laid out {@code (h·columns + column)·P + p}.
 *
 * @param size E: elements of a target, or classes; at least 1
 * @param loss the loss, computed from the logits
 * @param at the steps that have a target
 * @param tied whether the matrix of the map is the input's table of tokens (Press and Wolf:
 *     <i>Using the Output Embedding to Improve Language Models</i>, EACL 2017)
 * @param options what the loss is told beyond its name
 */
public record OutputSpec(int size, Loss loss, At at, boolean tied, LossOptions options) {
  /** The loss, and with it the output's activation. */
  public enum Loss {
    /** Identity output; the loss of a target is the mean over its O elements of (z − y)². */
    SQUARED_ERROR,
    /** Softmax output; the target is one class id, the loss −log p(class). */
    SOFTMAX_CROSS_ENTROPY,
    /** Sigmoid outputs; targets are O numbers in [0, 1], the loss their mean cross-entropy. */
    BINARY_CROSS_ENTROPY,
    /**
     * Connectionist temporal classification: softmax output at every step, of the classes and, as
     * the last one, of a blank. The target of a sequence is the string of its steps' classes, the
     * loss −log of the probability of all paths of outputs that are this string once repetitions
     * are one and blanks are none (Graves et al., ICML 2006).
     */
    CTC,
    /**
     * Quantiles z_q of each element: the sum over them of max(q·(y − z_q), (q − 1)·(y − z_q))
     * (Koenker and Bassett: <i>Regression Quantiles</i>, Econometrica 1978).
     */
    PINBALL,
    /** −log of a normal density: μ = z₀, σ = softplus(z₁) + 1e-6. */
    GAUSSIAN,
    /** −log of Student's density: μ = z₀, σ = softplus(z₁) + 1e-6, ν = 2 + softplus(z₂). */
    STUDENT_T,
    /**
     * −log of the probability of a count of mean m = s·softplus(z₀) and variance m + αm², α =
     * softplus(z₁), s the scale of the element (Salinas et al.: <i>DeepAR</i>, International
     * Journal of Forecasting 36, 2020; α, which has no unit, is not scaled here).
     */
    NEGATIVE_BINOMIAL,
    /** −log of the probability of a count of mean and variance m = s·softplus(z₀). */
    POISSON,
    /**
     * The target is one of K classes that have an order; K − 1 logits are the thresholds θ₀ = z₀
     * and θ_k = θ_{k−1} − softplus(z_k), which never cross, with P(y > k) = σ(θ_k); the loss is
     * −log p_y (P. McCullagh: <i>Regression Models for Ordinal Data</i>, Journal of the Royal
     * Statistical Society B 42, 1980, whose odds are proportional; here each threshold depends on
     * the input).
     */
    CUMULATIVE_LOGITS;

    /** Whether a target's elements are counts: whole numbers of at least 0. */
    public boolean targetsAreCounts() {
      return this == NEGATIVE_BINOMIAL || this == POISSON;
    }

    /** Whether a target's elements are numbers of any size, rather than classes or shares. */
    public boolean targetsAreValues() {
      return this == SQUARED_ERROR || this == PINBALL || isOfDistribution();
    }

    /** Whether the parameters of a distribution of each element are answered. */
    public boolean isOfDistribution() {
      return this == GAUSSIAN || this == STUDENT_T || targetsAreCounts();
    }

    /** Whether a step's target is one class id rather than O numbers. */
    public boolean targetsAreClasses() {
      return this == SOFTMAX_CROSS_ENTROPY || this == CTC || this == CUMULATIVE_LOGITS;
    }

    /** Whether a sequence has one target, the string of its classes, rather than one per step. */
    public boolean targetsAreStrings() {
      return this == CTC;
    }
  }

  /** Where the targets are. */
  public enum At {
    /** At every step. */
    EVERY_STEP,
    /** At the last valid step of each sequence. */
    LAST_STEP
  }

  public OutputSpec {
    NetworkSpec.requirePositive("output size", size);
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(options, "options");
    requireFit(size, loss, options);
    if (loss.targetsAreStrings() && (size < 2 || at != At.EVERY_STEP)) {
      throw new IllegalArgumentException(
          "ctc needs a class and a blank at every step, but has %d outputs at %s"
              .formatted(size, at));
    }
    if (loss == Loss.CUMULATIVE_LOGITS && size < 2) {
      throw new IllegalArgumentException("an order needs two classes, but there is " + size);
    }
  }

  private static void requireFit(int size, Loss loss, LossOptions options) {
    requireMargins(size, loss, options);
    boolean may = loss == Loss.PINBALL || loss.isOfDistribution() || options.margins().isPresent();
    if (options.quantiles().isEmpty() ? loss == Loss.PINBALL : !may) {
      throw new IllegalArgumentException(
          "the loss of quantiles needs quantiles, those of distributions and of intervals with margins may have some, but %s has %s"
              .formatted(loss, options.quantiles()));
    }
    int weights = options.elementWeights().size();
    if (weights > 0 && (loss.targetsAreClasses() || weights != size)) {
      throw new IllegalArgumentException(
          "each of %d elements of a target needs a weight, and a class has none, but %s has %s"
              .formatted(size, loss, options.elementWeights()));
    }
    int scales = options.elementScales().size();
    if (scales > 0 && (!loss.targetsAreCounts() || scales != size)) {
      throw new IllegalArgumentException(
          "each of %d elements of a count needs a scale, and other losses have none, but %s has %s"
              .formatted(size, loss, options.elementScales()));
    }
    int labels = options.positiveWeights().size();
    if (labels > 0 && (loss != Loss.BINARY_CROSS_ENTROPY || labels != size)) {
      throw new IllegalArgumentException(
          "each of %d labels needs a weight, and other targets have none, but %s has %s"
              .formatted(size, loss, options.positiveWeights()));
    }
    requireFitOfClasses(loss, options);
  }

  private static void requireFitOfClasses(Loss loss, LossOptions options) {
    boolean plain = options.labelSmoothing() == 0 && options.focalGamma() == 0;
    if (!plain && loss != Loss.SOFTMAX_CROSS_ENTROPY) {
      throw new IllegalArgumentException(
          "label smoothing and the focal loss need a softmax over classes, but the loss is "
              + loss);
    }
    if (options.labelSmoothing() > 0 && options.focalGamma() > 0) {
      throw new IllegalArgumentException(
          "label smoothing %s and a focal gamma of %s are two losses; choose one"
              .formatted(options.labelSmoothing(), options.focalGamma()));
    }
  }

  private static void requireMargins(int size, Loss loss, LossOptions options) {
    if (options.margins().isEmpty()) {
      return;
    }
    int known = options.margins().get().values().size();
    int needed = Math.multiplyExact(size, options.pairs());
    if (!loss.targetsAreValues() || known % needed != 0) {
      throw new IllegalArgumentException(
          "intervals of numbers have a margin each at one step ahead or more, %d a step, but %s has %d"
              .formatted(needed, loss, known));
    }
  }

  /** The same, whose loss is told other options. */
  public OutputSpec with(LossOptions other) {
    return new OutputSpec(size, loss, at, tied, other);
  }

  /**
   * What is answered at several steps ahead by a network that answers one, all laid out as the
   * outputs of one target.
   *
   * @param steps how many; its margins, if they are known, are of all of them
   */
  public OutputSpec ahead(int steps) {
    return new OutputSpec(Math.multiplyExact(size, steps), loss, at, tied, options.ahead(steps));
  }

  /** How many of the P raw values, the first of them, move with an element that is moved. */
  public int locations() {
    return switch (loss) {
      case SQUARED_ERROR, GAUSSIAN, STUDENT_T -> 1;
      case PINBALL -> options.quantiles().size();
      default -> 0;
    };
  }

  /** P: raw values that are answered for each element of a target; 1 for a class. */
  public int parameters() {
    return switch (loss) {
      case SQUARED_ERROR,
          SOFTMAX_CROSS_ENTROPY,
          BINARY_CROSS_ENTROPY,
          CTC,
          POISSON,
          CUMULATIVE_LOGITS ->
          1;
      case PINBALL -> options.quantiles().size();
      case GAUSSIAN, NEGATIVE_BINOMIAL -> 2;
      case STUDENT_T -> 3;
    };
  }

  /** s: what the mean of the count of an element is a multiple of; 1 for other losses. */
  public double scale(int element) {
    return options.elementScales().isEmpty() ? 1 : options.elementScales().get(element);
  }

  /** O: rows of the linear map, E·P for numbers; one for each class, or between two of an order. */
  public int logits() {
    return loss == Loss.CUMULATIVE_LOGITS ? size - 1 : Math.multiplyExact(size, parameters());
  }

  /** A: what is answered at a step: the probability of each class, or O values. */
  public int answers() {
    return loss.targetsAreClasses() ? size : logits();
  }

  /** How many class ids a target may have: all outputs, without a blank. */
  public int classes() {
    return loss.targetsAreStrings() ? size - 1 : size;
  }

  /** The output that is the blank: the last. */
  public int blank() {
    return size - 1;
  }

  /** With a matrix of its own, of a loss without options. */
  public OutputSpec(int size, Loss loss, At at) {
    this(size, loss, at, false);
  }

  /** Of a loss without options. */
  public OutputSpec(int size, Loss loss, At at, boolean tied) {
    this(size, loss, at, tied, LossOptions.NONE);
  }

  /** With a matrix of its own. */
  public OutputSpec(int size, Loss loss, At at, LossOptions options) {
    this(size, loss, at, false, options);
  }

  /** The same, whose matrix is the input's table of tokens. */
  public OutputSpec withTable() {
    return new OutputSpec(size, loss, at, true, options);
  }
}
