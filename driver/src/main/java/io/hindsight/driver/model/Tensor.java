package io.hindsight.driver.model;

import java.util.List;

/** A named array of doubles with a shape. */
public final class Tensor {
  private final String name;
  private final List<Integer> shape;
  private final double[] values;

  /**
   * Wraps an array without copying it.
   *
   * @param shape row-major; empty for a scalar
   * @param values as many as the shape has elements
   * @throws IllegalArgumentException if they are not as many
   */
  public Tensor(String name, List<Integer> shape, double[] values) {
    this.name = name;
    this.shape = List.copyOf(shape);
    this.values = values;
    long elements = 1;
    for (int dimension : shape) {
      elements = Math.multiplyExact(elements, dimension);
    }
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "tensor '%s' of shape %s needs %d elements, not %d"
              .formatted(name, shape, elements, values.length));
    }
  }

  /** A vector. */
  public static Tensor vector(String name, double[] values) {
    return new Tensor(name, List.of(values.length), values);
  }

  /** The tensor's name. */
  public String name() {
    return name;
  }

  /** Its dimensions, outermost first. */
  public List<Integer> shape() {
    return shape;
  }

  /** The live elements, row-major. */
  public double[] values() {
    return values;
  }
}
