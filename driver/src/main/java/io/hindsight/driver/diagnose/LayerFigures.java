package io.hindsight.driver.diagnose;

import io.hindsight.kernels.plain.GateShare;
import io.hindsight.kernels.plain.LagGradients;
import io.hindsight.kernels.plain.NetworkProbe;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a layer is.
 *
 * @param layer its number, from the input upwards
 * @param steps lags that are known, from 0 on: steps of the longest window up to its last target
 * @param reach the furthest lag at which the gradient is at least 1 % of that at lag 0
 * @param largest the largest multiple of the gradient at lag 0, of any lag
 * @param relative the gradient at lags 0, 1, 2, 4, 8 and so on as multiples of that at lag 0
 * @param gates how much of each gate is saturated
 */
public record LayerFigures(
    int layer,
    int steps,
    int reach,
    double largest,
    SortedMap<Integer, Double> relative,
    List<GateShare> gates) {
  private static final double LEAST = 0.01;

  static LayerFigures of(NetworkProbe probe, int layer) {
    LagGradients lags = probe.lags(layer);
    SortedMap<Integer, Double> relative = new TreeMap<>();
    for (int lag = 0; lag < lags.lags(); lag = Math.max(1, 2 * lag)) {
      relative.put(lag, lags.relative(lag));
    }
    return new LayerFigures(
        layer, lags.lags(), lags.reach(LEAST), lags.largest(), relative, probe.gates(layer));
  }
}
