package io.hindsight.driver.score.example;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.WindowLanes;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.recursive.Recursion;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.score.ScoredSteps;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.bptt.PieceByPiece;
import java.util.List;
import java.util.Optional;

/** Gives what a network answers at each scored step of sequences. For one thread. */
final class AnsweredSteps {
  private final RunData data;
  private final PackedWeights weights;
  private final PieceByPiece pieces;
  private final Optional<Recursion> recursion; // where answers are read

  AnsweredSteps(RunData data, PackedWeights weights) {
    this.data = data;
    this.weights = weights;
    pieces = new PieceByPiece(data.spec());
    recursion =
        data.encoded()
            .forecast()
            .map(Forecast::encoding)
            .filter(RecursiveOutput::isUsed)
            .map(encoding -> new Recursion(weights, encoding));
  }

  /**
   * Answers some sequences of the data.
   *
   * @param reader told of each scored step, in no order
   */
  void read(List<Sequence> some, Recursion.Reader reader) {
    WindowBlocks windows = data.scoring(WindowBlocks.whole(some));
    for (int block = 0; block < windows.blocks(); block++) {
      List<Window> lanes = windows.block(block);
      if (recursion.isPresent()) {
        recursion.get().steps(lanes, data.encoded().forecast().orElseThrow(), reader);
      } else {
        pieces.run(weights, new WindowLanes(lanes), (bptt, batch) -> read(bptt, batch, reader));
      }
    }
  }

  private void read(Bptt bptt, SequenceBatch batch, Recursion.Reader reader) {
    double[] outputs = new double[data.spec().output().answers()];
    for (int lane = 0; lane < SequenceBatch.LANES; lane++) {
      ScoredSteps.read(bptt, batch, lane, data.spec().output(), outputs, reader);
    }
  }
}
