package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.List;

/** Windows at hand. */
final class ListedWindows extends WindowList {
  private final List<Window> windows;

  ListedWindows(List<Window> windows) {
    this.windows = windows;
  }

  @Override
  public WindowList ranked() {
    List<Window> sorted = new ArrayList<>(windows);
    sorted.sort(WindowOrder.BY_ID);
    for (int index = 1; index < sorted.size(); index++) {
      if (WindowOrder.BY_ID.compare(sorted.get(index - 1), sorted.get(index)) == 0) {
        throw twins(sorted.get(index).id());
      }
    }
    return new ListedWindows(sorted);
  }

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public int steps(int index) {
    return windows.get(index).steps();
  }

  @Override
  public Window get(int index) {
    return windows.get(index);
  }

  @Override
  public Window part(int index, int from, int to) {
    Window window = windows.get(index);
    int scoredFrom = Math.min(to - from, Math.max(0, window.scoredFrom() - from));
    return new Window(
        window.sequence(), window.start() + from, to - from, scoredFrom, window.cut());
  }
}
