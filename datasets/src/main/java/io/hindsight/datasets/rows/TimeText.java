package io.hindsight.datasets.rows;

import java.io.Serializable;

/**
 * A time as it is written. Two are equal if they are written alike, whatever their digits.
 *
 * @param text as the source shows it
 */
record TimeText(String text, TimeShape shape) implements Serializable {
  @Override
  public boolean equals(Object other) {
    return other instanceof TimeText time && time.shape.equals(shape);
  }

  @Override
  public int hashCode() {
    return shape.hashCode();
  }
}
