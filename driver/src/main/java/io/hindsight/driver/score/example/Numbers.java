package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Numbers that JSON may not be able to write, as those of a network that has diverged. */
final class Numbers {
  private Numbers() {}

  /** Adds a number; one that is not finite is null. */
  static void put(ObjectNode node, String name, double number) {
    node.put(name, Double.isFinite(number) ? number : null);
  }

  /** Adds a number; one that is not finite is null. */
  static void add(ArrayNode array, double number) {
    array.add(Double.isFinite(number) ? number : null);
  }
}
