package io.hindsight.kernels.network;

/**
 * What a network reads at each step.
 *
 * @param kind dense features, or token ids that select one column of the first layer's input matrix
 * @param size I: features per step, or tokens in the vocabulary; at least 1
 */
public record InputSpec(Kind kind, int size) {
  /** The two forms of input. */
  public enum Kind {
    /** I numbers per step. */
    DENSE,
    /** One token id in [0, I) per step. */
    TOKENS
  }

  public InputSpec {
    NetworkSpec.requirePositive("input size", size);
  }

  /** I numbers per step. */
  public static InputSpec dense(int size) {
    return new InputSpec(Kind.DENSE, size);
  }

  /** One token id in [0, vocabulary) per step. */
  public static InputSpec tokens(int vocabulary) {
    return new InputSpec(Kind.TOKENS, vocabulary);
  }

  /** Whether each step is one token id. */
  public boolean isTokens() {
    return kind == Kind.TOKENS;
  }
}
