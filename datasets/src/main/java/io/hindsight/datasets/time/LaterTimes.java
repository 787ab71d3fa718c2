package io.hindsight.datasets.time;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.UnaryOperator;

/** Times that follow others, each made when it is asked for. */
final class LaterTimes extends AbstractList<String> implements RandomAccess {
  private final List<String> times;
  private final UnaryOperator<String> later;

  LaterTimes(List<String> times, UnaryOperator<String> later) {
    this.times = times;
    this.later = later;
  }

  @Override
  public String get(int index) {
    return later.apply(times.get(index));
  }

  @Override
  public int size() {
    return times.size();
  }
}
