package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.Activation;

/**
 * How much of a gate is where its nonlinearity is flat, so that next to no gradient passes.
 *
 * @param name of the gate, such as {@code f}; {@code h} for the units of a simple cell
 * @param activation its nonlinearity
 * @param saturated share of its values outside ±0.95 (tanh) or [0.05, 0.95] (sigmoid); share of the
 *     units that are 0 at every step (relu); 0 (identity)
 */
public record GateShare(String name, Activation activation, double saturated) {}
