package io.hindsight.datasets.spec;

/**
 * Where the sequences come from and how they are encoded: the {@code data} section of a
 * configuration.
 */
public sealed interface DataSpec permits TableSpec, TextSpec, GeneratorSpec {
  /** How the sequences are divided into training, validation and test part. */
  Split split();
}
