package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.batch.Sequence;

/** The newest answers to one sequence, step by step. */
interface Points {
  /** How many a picture shows. */
  int MOST = 200;

  /** How many of the newest steps are looked at. */
  int steps();

  /** As {@link Look#add}, in any order of the steps. */
  void add(Sequence sequence, int step, double[] outputs);

  /** Adds them. */
  void put(ObjectNode node);
}
