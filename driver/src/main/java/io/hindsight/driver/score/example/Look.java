package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.batch.Sequence;

/** What is told of the answers to one sequence. For one thread at a time. */
interface Look {
  /**
   * Adds the answer of a scored step.
   *
   * @param step of the sequence
   * @param outputs as the network gives them, of all steps ahead // (E·P), or (O) probabilities
   */
  void add(Sequence sequence, int step, double[] outputs);

  /** Numbers or classes that were answered. */
  long targets();

  /** What {@link #error} is the mean of, or of its square, as a sum. */
  double sum();

  /** By which sequences are put in order: larger is worse; NaN without targets. */
  double error();

  /** Adds what the page tells of the sequence beside its error. */
  void put(ObjectNode node);
}
