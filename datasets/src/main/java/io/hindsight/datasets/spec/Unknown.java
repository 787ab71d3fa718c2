package io.hindsight.datasets.spec;

/** What is done about characters and class labels that training did not see. */
public enum Unknown {
  /** They are refused, all at once. */
  REFUSE,
  /** As a target they are not scored; a character is read as a vector of zeros. */
  SKIP,
  /** All unknown characters are one more, which is read and scored as any other. */
  TOKEN
}
