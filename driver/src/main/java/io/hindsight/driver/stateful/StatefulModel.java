package io.hindsight.driver.stateful;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.RawSide.Change;
import io.hindsight.datasets.columns.RawSide.Fixed;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.source.SequenceInputs;
import io.hindsight.datasets.time.MonthDays;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeStep.Unit;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.StepAnswers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A model that answers sequences as they go on. The answer at a row is, to the last bit, the one
 * that the model gives where the sequence ends with it. Safe to be used from several threads.
 */
public final class StatefulModel {
  private final String version;
  private final Encoding.Table encoding;
  private final SequenceInputs inputs;
  private final StepOutputs outputs;
  private final StepAnswers answers;
  private final int needed; // rows before there is an answer
  private final int replay;
  private final long columns;
  private final int[] carried; // positions of inputs of which the newest value is read
  private final boolean scaled; // whether rows without a value are scaled by the newest one
  private final boolean months; // whether rows tell the day of the month of target times

  /**
   * A version of a model that {@link CausalModels} lets pass.
   *
   * @param minLength rows that a sequence must have to be answered
   * @param replay rows of a sequence that are kept for a later version to read first
   */
  public StatefulModel(String version, AnsweringModel model, int minLength, int replay) {
    this.version = version;
    this.replay = replay;
    encoding = model.encoding();
    inputs = new SequenceInputs(encoding, 0);
    outputs =
        model.bptt().cutsBeforehand()
            ? new WindowedOutputs(model)
            : new CarriedOutputs(model.steps());
    answers = new StepAnswers(model);
    needed = Math.max(encoding.offset() + 1, minLength);
    columns = ColumnsFingerprint.of(SequenceInputs.columns(encoding));
    scaled = encoding.scaleBy().isWindow();
    carried =
        IntStream.range(0, encoding.filling().numbers().size())
            .filter(c -> scaled || encoding.filling().numbers().get(c).rule() == MissingRule.LAST)
            .toArray();
    months =
        !encoding.timeSteps().differ()
            && encoding.timeSteps().common().map(TimeStep::unit).equals(Optional.of(Unit.MONTHS));
  }

  /** Which one it is. */
  public String version() {
    return version;
  }

  /**
   * What comes of rows.
   *
   * @param state to go on from; null if no row of the sequence was read
   * @param answers of each row one, or one for each horizon
   */
  public record Followed(SequenceState state, List<List<Answer>> answers) {}

  /**
   * Goes on with a sequence.
   *
   * @param before what is kept of it; null before its first row. That of another version is not
   *     gone on from: the sequence begins anew, with its last rows where they are replayed
   * @param fresh its next rows
   * @param last where the last of them stands in time
   * @throws io.hindsight.datasets.DataException if a row cannot be encoded
   */
  public Followed follow(SequenceState before, RawSequence fresh, TimeKey last) {
    if (!fresh.hasValues()) {
      return new Followed(before, empty(fresh));
    }
    Following following = new Following(fresh);
    following.state = before == null ? beginning(last, fresh.side().fixed()) : going(before, fresh);
    List<List<Answer>> all = new ArrayList<>();
    KeptRows rows = KeptRows.of(fresh);
    boolean each = months || !encoding.horizon().isSingle(); // times are told of the last row
    int piece = each ? 1 : rows.size();
    for (int at = 0; at < rows.size(); at += piece) {
      all.addAll(following.read(rows.slice(at, at + piece), fresh.side().change()));
    }
    return new Followed(following.state.at(last), all);
  }

  private SequenceState beginning(TimeKey last, Fixed fixed) {
    return SequenceState.begin(version, columns, last, fixed);
  }

  private SequenceState going(SequenceState before, RawSequence fresh) {
    if (before.version().equals(version)) {
      return before;
    }
    KeptRows rows = before.columns() == columns ? before.newest(replay) : KeptRows.NONE;
    if (rows.size() == 0 || rows.width() != KeptRows.of(fresh).width()) {
      return beginning(before.last(), fresh.side().fixed());
    }
    Following replayed = new Following(fresh);
    replayed.state = beginning(before.last(), before.fixed());
    replayed.read(rows, Optional.empty());
    return replayed.state;
  }

  private List<List<Answer>> empty(RawSequence raw) {
    LeftOut.Reason reason = LeftOut.Reason.EMPTY;
    String why = new LeftOut(raw.id(), "", reason, raw.length(), raw.length()).why();
    return Collections.nCopies(raw.length(), List.of(answers.none(raw.id(), null, why)));
  }

  /** Rows of a sequence before the next that are kept. */
  private int kept() {
    int scaled = encoding.scaleBy().isWindow() ? encoding.scaleBy().window() : 0;
    int elapsed = encoding.timeSteps().inputs().elapsed().isPresent() ? 1 : 0;
    int context = encoding.offset() + outputs.context() + elapsed;
    return Math.max(replay, scaled > 0 ? context + scaled + encoding.offset() : context);
  }

  /** Whether rows are measured by some before those that are kept. */
  private boolean hasLead() {
    boolean elapsed = encoding.timeSteps().inputs().elapsed().isPresent();
    return months || scaled || elapsed || carried.length > 0;
  }

  /** One sequence, as it goes on. */
  private final class Following {
    private final String id;
    private final Supplier<String> file;
    private final Fixed fixed; // of the rows that come
    private SequenceState state;

    Following(RawSequence fresh) {
      id = fresh.id();
      file = fresh.fileLookup();
      fixed = fresh.side().fixed();
    }

    /** Reads the next rows, and answers them. */
    List<List<Answer>> read(KeptRows rows, Optional<Change> changeWithin) {
      KeptRows context = state.context();
      KeptRows all = context.then(rows);
      int first = Math.max(0, context.size() - encoding.offset()); // new step
      long before = state.count() - context.size();
      Encoded encoded = null;
      StepOutputs.Computed computed = new StepOutputs.Computed(List.of(), state.network());
      if (all.size() > encoding.offset()) {
        encoded = encoded(all, context.size(), changeWithin);
        computed = outputs.of(encoded.sequence(), first, before, state.network());
      }
      List<List<Answer>> made = new ArrayList<>();
      for (int row = context.size(); row < all.size(); row++) {
        long count = before + row + 1;
        int step = row - encoding.offset();
        made.add(
            count < needed
                ? tooShort(all.times().get(row), (int) count)
                : answered(encoded, step, computed.steps().get(step - first)));
      }
      state = next(all, rows.size(), computed.network());
      return made;
    }

    private Encoded encoded(KeptRows all, int known, Optional<Change> changeWithin) {
      Optional<Change> change =
          state.fixed().equals(fixed)
              ? changeWithin.map(
                  one -> new Change(Math.min(known + one.row(), all.size() - 1), one.other()))
              : Optional.of(new Change(known, fixed));
      return (Encoded) inputs.of(all.sequence(id, file, state.fixed(), change));
    }

    private List<Answer> answered(Encoded encoded, int step, double[] output) {
      List<Answer> made = answers.of(encoded, step, output);
      return encoding.timeSteps().differ()
          ? made.stream().map(StatefulModel::withoutTargetTime).toList()
          : made;
    }

    private List<Answer> tooShort(String time, int count) {
      LeftOut.Reason reason = LeftOut.Reason.TOO_SHORT;
      return List.of(answers.none(id, time, new LeftOut(id, time, reason, count, needed).why()));
    }

    private SequenceState next(KeptRows all, int read, byte[] network) {
      int cut = Math.max(state.lead().size(), all.size() - kept());
      return new SequenceState(
          version,
          columns,
          state.count() + read,
          state.last(),
          state.fixed(),
          network,
          hasLead() ? lead(all.slice(0, cut)) : KeptRows.NONE,
          all.slice(cut, all.size()));
    }

    /**
     * Of the rows that are not kept: the first, those that tell a day of the month, and the last
     * with the newest values.
     */
    private KeptRows lead(KeptRows gone) {
      if (gone.size() == 0) {
        return KeptRows.NONE;
      }
      IntStream telling = months ? MonthDays.telling(gone.times()) : IntStream.empty();
      int[] rows =
          IntStream.concat(IntStream.of(0), telling)
              .filter(row -> row < gone.size() - 1)
              .sorted()
              .distinct()
              .toArray();
      KeptRows lead = KeptRows.NONE;
      for (int row : rows) {
        lead = lead.then(gone.slice(row, row + 1));
      }
      return lead.then(gone.lastCarried(carried, scaled));
    }
  }

  /** How long a step of the sequence is only all its rows tell. */
  private static Answer withoutTargetTime(Answer of) {
    return new Answer(of.id(), of.time(), of.step(), of.horizon(), of.values(), null, of.reason());
  }
}
