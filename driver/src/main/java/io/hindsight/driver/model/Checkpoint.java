package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.kernels.network.Parameters;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a run needs to go on to the same bits: a model, its optimizer's state, and where the
 * loop stood. It shares the arrays it is given.
 */
public final class Checkpoint {
  private final long step;
  private final ModelDescription description;
  private final Parameters parameters;
  private final long optimizerStep;
  private final SortedMap<String, double[]> slots;
  private final JsonNode state;
  private final SortedMap<String, double[]> arrays;

  /**
   * A checkpoint.
   *
   * @param step updates made
   * @param optimizerStep the optimizer's own count
   * @param slots the optimizer's arrays
   * @param state small state of the loop, as the loop likes it: epoch, cursor, best loss
   * @param arrays large state of the loop, such as carried hidden states, by name
   */
  public Checkpoint(
      long step,
      ModelDescription description,
      Parameters parameters,
      long optimizerStep,
      Map<String, double[]> slots,
      JsonNode state,
      Map<String, double[]> arrays) {
    this.step = step;
    this.description = description;
    this.parameters = parameters;
    this.optimizerStep = optimizerStep;
    this.slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    this.state = state;
    this.arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
  }

  /** Updates made. */
  public long step() {
    return step;
  }

  /** The model but for its weights. */
  public ModelDescription description() {
    return description;
  }

  /** The weights. */
  public Parameters parameters() {
    return parameters;
  }

  /** The optimizer's own count of updates. */
  public long optimizerStep() {
    return optimizerStep;
  }

  /** The optimizer's arrays by name. */
  public SortedMap<String, double[]> slots() {
    return slots;
  }

  /** The small state of the loop. */
  public JsonNode state() {
    return state;
  }

  /** The large state of the loop by name. */
  public SortedMap<String, double[]> arrays() {
    return arrays;
  }
}
