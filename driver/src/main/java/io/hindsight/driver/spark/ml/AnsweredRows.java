package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.Answers;
import io.hindsight.driver.engine.KernelLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * The rows of a partition with their answers, in the order of its sequences. Of the sequences only
 * those wait here whose answers are being computed.
 *
 * @param <S> a sequence with what is needed to write its rows
 */
final class AnsweredRows<S extends AnsweredRows.Read> implements Iterator<Row> {
  /** A sequence that was read. */
  interface Read {
    /** As it was read, on the grid of the model. */
    RawSequence raw();

    /** As the model reads it. */
    EncodedInput input();
  }

  /** Writes the rows of a sequence. */
  interface Writing<S> {
    /**
     * Writes them.
     *
     * @param answers to the sequence; none where no step of it is answered
     */
    List<Row> rows(S read, List<Answer> answers);
  }

  private final Writing<S> writing;
  private final Answers answers;
  private final Deque<S> waiting = new ArrayDeque<>();
  private final Deque<Row> made = new ArrayDeque<>();
  private long next; // number of the first that waits
  private Answer ahead; // the answer that was taken last, not written yet; null if there is none

  AnsweredRows(AnsweringModel model, Iterator<S> sequences, Writing<S> writing) {
    KernelLog.writeOnce();
    this.writing = writing;
    answers = new Answers(model, mapped(sequences, this::begin));
  }

  private EncodedInput begin(S read) {
    waiting.add(read);
    return read.input();
  }

  /** The results of a function, as they are asked for. */
  static <A, B> Iterator<B> mapped(Iterator<A> each, Function<A, B> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public B next() {
        return function.apply(each.next());
      }
    };
  }

  @Override
  public boolean hasNext() {
    while (made.isEmpty() && (take() || !waiting.isEmpty())) {
      made.addAll(writing.rows(waiting.element(), ofNext()));
      waiting.remove();
      next++;
    }
    return !made.isEmpty();
  }

  /** Whether there is an answer, which then is ahead. */
  private boolean take() {
    if (ahead == null && answers.hasNext()) {
      ahead = answers.next();
    }
    return ahead != null;
  }

  /** The answers to the first that waits. */
  private List<Answer> ofNext() {
    List<Answer> all = new ArrayList<>();
    while (take() && answers.number() == next) {
      all.add(ahead);
      ahead = null;
    }
    return all;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all rows are written");
    }
    return made.remove();
  }
}
