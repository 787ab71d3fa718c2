package io.hindsight.datasets.spec;

/** What the scaling of inputs and numeric targets is fitted to. */
public enum ScaleBy {
  /** The training part of all sequences together. */
  TABLE,
  /** Each sequence alone, before its first step that is validation or test part. */
  SEQUENCE
}
