package io.hindsight.driver.config;

import io.hindsight.datasets.DataSpec;

/**
 * A run's resolved configuration: every default filled in, every problem reported before it exists.
 *
 * @param name names the run and its directory
 * @param seed of initial weights, epoch order and generated data
 * @param data the sequences
 * @param model the network
 * @param training how it is trained
 * @param output where results go
 */
public record RunConfig(
    String name,
    long seed,
    DataSpec data,
    ModelConfig model,
    TrainingConfig training,
    OutputConfig output) {}
