package io.hindsight.driver.answer;

import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.recursive.Continued;
import io.hindsight.driver.recursive.Recursion;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The answers to a row of sequences, in their order: one per step, or per window where the model
 * answers at the last step or a string, one per horizon at the last step of a sequence where there
 * are several, and one for a sequence without an answer.
 *
 * <p>Eight windows are computed at a time, whichever sequences they are of, and one by itself where
 * there is no other; lanes never meet, so an answer does not depend on its neighbours. Of the
 * sequences only those are held whose windows have been taken, which are a few times eight:
 * computing empties the processor's cache for whoever reads the answers, so it is done seldom.
 */
public final class Answers implements Iterator<Answer> {
  private static final int MOST_WINDOWS = 8 * SequenceBatch.LANES; // of a group

  /** Steps after which no further window is taken beside those of a group: it bounds memory. */
  private static final int MOST_STEPS = 1 << 17;

  private static final int MOST_PARTS = 1 << 10; // of a group, with the sequences left out

  /**
   * A window to answer, or a sequence left out where there is none.
   *
   * @param number of the sequence among the inputs, from 0
   */
  private record Part(EncodedInput input, Window window, long number) {}

  private final AnsweringModel model;
  private final WindowOutputs ofWindows;
  private final Optional<Recursion> recursion; // where answers are read
  private final AnswerValues values;
  private final Iterator<? extends EncodedInput> inputs;
  private final Deque<Part> waiting = new ArrayDeque<>();
  private Encoded cut; // the sequence whose windows are being taken, or null
  private WindowBlocks blocks;
  private int nextBlock;

  private final Deque<Part> group = new ArrayDeque<>();
  private final Deque<Continued> outputs = new ArrayDeque<>(); // of the group's windows
  private int nextStep = -1; // of the group's first window; -1 before it has begun
  private int nextHorizon; // of that step
  private long begun; // sequences that were taken
  private long number = -1; // of the sequence of the answer before

  /**
   * The answers of a model.
   *
   * @param inputs taken one by one as answers are asked for
   */
  public Answers(AnsweringModel model, Iterator<? extends EncodedInput> inputs) {
    this.model = model;
    this.inputs = inputs;
    ofWindows = new WindowOutputs(model);
    recursion =
        RecursiveOutput.isUsed(model.encoding())
            ? Optional.of(new Recursion(model.packed(), model.encoding()))
            : Optional.empty();
    values = new AnswerValues(model.encoding(), model.network().output(), model.choice());
  }

  @Override
  public boolean hasNext() {
    if (group.isEmpty()) {
      compute();
    }
    return !group.isEmpty();
  }

  @Override
  public Answer next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all sequences are answered");
    }
    Part part = group.peek();
    number = part.number();
    if (part.input() instanceof Omitted omitted) {
      group.remove();
      return unanswered(omitted);
    }
    Window window = part.window();
    if (nextStep < 0) {
      boolean once = model.answersLastStep() || model.answersStrings() || isForecast();
      nextStep = once ? window.steps() - 1 : window.scoredFrom();
    }
    Answer answer = answer((Encoded) part.input(), window, nextStep, nextHorizon);
    nextHorizon = (nextHorizon + 1) % values.horizons();
    nextStep += nextHorizon == 0 ? 1 : 0;
    if (nextStep == window.steps()) {
      group.remove();
      outputs.remove();
      nextStep = -1;
    }
    return answer;
  }

  /** Which of the inputs the newest answer is of, from 0; ids need not tell. */
  public long number() {
    return number;
  }

  private Answer unanswered(Omitted omitted) {
    String time = omitted.leftOut().time();
    return new Answer(
        omitted.id(),
        time.isEmpty() ? null : time,
        null,
        null,
        values.none(),
        null,
        omitted.leftOut().why());
  }

  /** Whether what follows a sequence is asked for, and not what its steps say of later ones. */
  private boolean isForecast() {
    return !model.encoding().horizon().isSingle();
  }

  private Answer answer(Encoded input, Window window, int t, int horizon) {
    int step = window.start() + t;
    boolean once = model.answersLastStep() || recursion.isPresent();
    int from = once ? 0 : t * model.network().output().answers();
    return new Answer(
        input.id(),
        input.times().isEmpty() ? null : input.times().get(step),
        step + model.encoding().offset(),
        isForecast() ? horizon + model.encoding().horizon().first() : null,
        model.answersStrings()
            ? values.ofString(outputs.element().outputs())
            : values.of(input, step, horizon, outputs.element(), from),
        input.targetTimes().isEmpty()
            ? null
            : textOrNull(input.targetTimes().get(isForecast() ? horizon : step)),
        null);
  }

  private static String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Takes the next parts, and answers their windows. */
  private void compute() {
    List<Window> windows = new ArrayList<>();
    long steps = 0;
    while (windows.size() < MOST_WINDOWS && steps < MOST_STEPS && group.size() < MOST_PARTS) {
      Part part = nextPart();
      if (part == null) {
        break;
      }
      group.add(part);
      if (part.window() != null) {
        windows.add(part.window());
        steps += part.window().steps();
      }
    }
    answer(windows);
  }

  private void answer(List<Window> windows) {
    if (recursion.isEmpty()) {
      ofWindows.of(windows).forEach(of -> outputs.add(Continued.of(of)));
      return;
    }
    List<Encoded> of =
        group.stream()
            .filter(part -> part.window() != null)
            .map(part -> (Encoded) part.input())
            .toList();
    int samples = model.choice().samples().map(Samples::count).orElse(0);
    for (int from = 0; from < windows.size(); from += SequenceBatch.LANES) {
      int to = Math.min(windows.size(), from + SequenceBatch.LANES);
      List<Window> block = windows.subList(from, to);
      outputs.addAll(recursion.get().ends(block, of.subList(from, to), model.draws(), samples));
    }
  }

  private Part nextPart() {
    while (waiting.isEmpty()) {
      if (cut != null && nextBlock < blocks.blocks()) {
        blocks.block(nextBlock++).forEach(window -> waiting.add(new Part(cut, window, begun - 1)));
        if (isForecast()) {
          keepLast();
        }
      } else if (!inputs.hasNext()) {
        return null;
      } else {
        begin(inputs.next());
      }
    }
    return waiting.remove();
  }

  /** Of the windows of a sequence only the last tells what follows it. */
  private void keepLast() {
    Part last = waiting.getLast();
    waiting.clear();
    if (nextBlock == blocks.blocks()) {
      waiting.add(last);
    }
  }

  private void begin(EncodedInput input) {
    begun++;
    if (input instanceof Encoded encoded) {
      cut = encoded;
      nextBlock = 0;
      blocks =
          RunData.answering(
              WindowBlocks.whole(List.of(encoded.sequence())),
              model.bptt(),
              model.network().output().at());
    } else {
      waiting.add(new Part(input, null, begun - 1));
    }
  }
}
