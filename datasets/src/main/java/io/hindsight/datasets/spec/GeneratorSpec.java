package io.hindsight.datasets.spec;

/**
 * A seeded task of the literature.
 *
 * @param name {@code adding, copy, parity, temporal-order, embedded-reber, sine, mackey-glass,
 *     collapse}
 * @param length T of each sequence (for {@code copy}: the blank steps; ignored by {@code
 *     embedded-reber})
 * @param sequences number of sequences, all parts together
 * @param symbols {@code copy}: symbols to recall
 * @param horizon {@code sine, mackey-glass}: steps ahead to predict
 * @param split parts; always by id
 */
public record GeneratorSpec(
    String name, int length, int sequences, int symbols, int horizon, Split split)
    implements DataSpec {}
