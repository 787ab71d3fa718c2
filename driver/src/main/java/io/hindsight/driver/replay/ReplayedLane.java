package io.hindsight.driver.replay;

import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.plain.NetworkProbe;
import io.hindsight.kernels.plain.NonFiniteSearch;
import io.hindsight.kernels.random.Noise;
import java.util.List;
import java.util.Optional;

/** One lane of a step that is made again, by itself. */
final class ReplayedLane {
  private final LaneJson lane;
  private final NetworkSpec spec;
  private final double[][] hidden; // [L](H)
  private final double[][] cell; // [L](H)

  ReplayedLane(LaneJson lane, TrainingState state) {
    this.lane = lane;
    spec = state.parameters().layout().spec();
    List<RecurrentSpec> layers = spec.directions();
    hidden = new double[layers.size()][];
    cell = new double[layers.size()][];
    for (int layer = 0; layer < layers.size(); layer++) {
      hidden[layer] = new double[layers.get(layer).hidden()];
      cell[layer] = new double[layers.get(layer).hidden()];
      if (lane.at() > 0 && state.carried().isPresent()) {
        start(state.carried().get().next(), layer);
      }
    }
  }

  private void start(CarriedState carried, int layer) {
    for (int unit = 0; unit < hidden[layer].length; unit++) {
      hidden[layer][unit] = carried.hidden(layer, lane.lane(), unit);
      if (spec.directions().get(layer).cell().hasCellState()) {
        cell[layer][unit] = carried.cell(layer, lane.lane(), unit);
      }
    }
  }

  /** Where it stops being finite, if it does. */
  Optional<String> place(NonFiniteSearch search, Backpropagation how, Noise noise) {
    search.under(noise, lane.lane());
    return search
        .first(piece(), hidden, cell, how)
        .map(
            place ->
                "sequence '%s', time step %d: %s is %s"
                    .formatted(
                        lane.window().id(), lane.at() + place.step(), place.what(), place.value()));
  }

  /** Has its steps looked at, from the last so many on if they are more. */
  void probe(NetworkProbe probe, int most, Backpropagation how) {
    Window piece = piece();
    if (piece.steps() <= most) {
      probe.add(piece, hidden, cell, how);
    } else {
      int left = piece.steps() - most;
      int scoredFrom = Math.max(0, piece.scoredFrom() - left);
      probe.add(new Window(piece.sequence(), piece.start() + left, most, scoredFrom, false), how);
    }
  }

  /** The steps as a window of their own, scored where they are scored as a part of theirs. */
  private Window piece() {
    Window whole = lane.window();
    SequenceBatch batch = new SequenceBatch(1);
    lane.put(batch, 0);
    int scoredFrom = Math.max(0, Math.min(lane.steps(), whole.scoredFrom() - lane.from()));
    boolean lastOnly = spec.output().at() == At.LAST_STEP;
    if (lastOnly && !batch.isScored(0, lane.steps() - 1, true)) {
      scoredFrom = lane.steps();
    }
    return new Window(whole.sequence(), lane.from(), lane.steps(), scoredFrom, false);
  }
}
