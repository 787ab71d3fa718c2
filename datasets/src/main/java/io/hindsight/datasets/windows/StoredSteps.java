package io.hindsight.datasets.windows;

/**
 * Steps of a sequence that other processes can read from files: where they are, instead of them.
 *
 * @param place of the sequence among all bytes of the files
 * @param idBytes bytes of the id there
 * @param length T: all steps of the sequence
 * @param start the first of these steps
 * @param steps how many
 * @param scoredFrom the first of them that is scored, counted from the start
 * @param id of what is made of them
 */
public record StoredSteps(
    long place, int idBytes, int length, int start, int steps, int scoredFrom, String id) {
  /** The same, scored from another of its own steps on. */
  StoredSteps scoredFrom(int step) {
    return new StoredSteps(place, idBytes, length, start, steps, step, id);
  }
}
