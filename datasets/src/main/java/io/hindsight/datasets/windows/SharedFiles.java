package io.hindsight.datasets.windows;

/** Files that every process can read sequences from, found by {@link StoredSteps}. */
public interface SharedFiles {
  /** Where they are, for people. */
  String location();
}
