package io.hindsight.driver;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.random.Noise;
import java.util.List;

/**
 * The masks of a recorded batch as noise.
 *
 * @param masks arrays by name, over layers, time steps if they differ, sequences and units
 * @param layers of the network
 */
record RecordedNoise(JsonNode masks, List<LayerSpec> layers) implements Noise {
  @Override
  public void draw(Site site, int block, int step, GateOps ops, byte[] struck, int at) {
    JsonNode mask = mask(site, step);
    for (int row = 0; row < site.rows(); row++) {
      int lanes = 0;
      for (int lane = 0; lane < SequenceBatch.LANES; lane++) {
        JsonNode unit = mask.path(block * SequenceBatch.LANES + lane).path(row);
        lanes |= isStruck(site, unit) ? 1 << lane : 0;
      }
      struck[at + row] = (byte) lanes;
    }
  }

  /** A dropped unit has the factor 0, a kept one of zoneout 1; lanes without a sequence none. */
  private static boolean isStruck(Site site, JsonNode unit) {
    boolean dropout = site.kind() == Kind.DROPOUT || site.kind() == Kind.RECURRENT;
    return !unit.isMissingNode() && unit.doubleValue() == (dropout ? 0 : 1);
  }

  private JsonNode mask(Site site, int step) {
    int number =
        (int)
            layers.subList(0, site.layer()).stream()
                .filter(RecurrentSpec.class::isInstance)
                .count();
    return switch (site.kind()) {
      case DROPOUT ->
          masks.has("between")
              ? masks.get("between").get(number - 1).get(step)
              : masks.get("input").get(number);
      case RECURRENT -> masks.get("recurrent").get(number);
      case ZONEOUT_HIDDEN -> masks.get("zoneoutHidden").get(number).get(step);
      case ZONEOUT_CELL -> masks.get("zoneoutCell").get(number).get(step);
    };
  }
}
