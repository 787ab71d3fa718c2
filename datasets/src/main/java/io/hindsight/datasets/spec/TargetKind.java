package io.hindsight.datasets.spec;

/** What a label is. */
public enum TargetKind {
  /** Numbers, one per target column. */
  VALUE,
  /** One class label. */
  CLASS,
  /** Numbers in [0, 1], one per target column. */
  MULTILABEL,
  /**
   * One string of class labels for the whole sequence: those of the steps that have one, in the
   * order of the steps. Which step a label stands at has no meaning.
   */
  LABEL_STRING,
  /** One class label, of classes that have an order. */
  ORDERED;

  /** Whether a step has one label of a class, if any, rather than numbers. */
  public boolean isOfClasses() {
    return isOneClass() || this == LABEL_STRING;
  }

  /** Whether each answer is one class, with or without an order. */
  public boolean isOneClass() {
    return this == CLASS || this == ORDERED;
  }
}
