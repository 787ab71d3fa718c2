package io.hindsight.datasets.stored;

import java.io.DataInput;
import java.io.IOException;

/** Input that gives arrays of numbers, little-endian, without a detour over blocks of bytes. */
public interface NumbersInput extends DataInput {
  /** Reads as many numbers as the array has. */
  void readAll(double[] values) throws IOException;
}
