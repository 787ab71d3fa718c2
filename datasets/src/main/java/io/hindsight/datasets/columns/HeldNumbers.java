package io.hindsight.datasets.columns;

/** Numbers on the heap. */
final class HeldNumbers implements RowNumbers {
  private final double[] values;

  HeldNumbers(double[] values) {
    this.values = values;
  }

  @Override
  public int length() {
    return values.length;
  }

  @Override
  public double get(int index) {
    return values[index];
  }

  @Override
  public double[] toArray() {
    return values.clone();
  }
}
