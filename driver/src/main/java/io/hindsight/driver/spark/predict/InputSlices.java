package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.driver.answer.KeptInput;
import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.codec.InputSlice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Sequences that the driver has read, for tasks: consecutive ones in slices of about equal numbers
 * of steps, each a broadcast, which the task that answers it fetches.
 */
final class InputSlices implements AutoCloseable {
  private static final ClassTag<InputSlice> SLICE = ClassTag$.MODULE$.apply(InputSlice.class);

  /** Steps of a slice below which a further task is not worth its start. */
  private static final long FEWEST_STEPS = 1 << 12;

  /** Slices per core, so that cores which have done their share help the others. */
  private static final int PER_CORE = 4;

  private static final long MOST_BYTES = 8 << 20; // of a slice, about
  private static final int TEXT = 24; // bytes of a time, about

  private final SparkContext context;
  private final ArrayList<Broadcast<InputSlice>> slices = new ArrayList<>();

  private InputSlices(SparkContext context) {
    this.context = context;
  }

  /**
   * Makes slices.
   *
   * @param inputs in the order of their ids
   * @param cores of the session
   */
  static InputSlices of(SparkContext context, List<KeptInput> inputs, int cores) {
    return cut(context, inputs, count(inputs, cores));
  }

  /** Makes so many slices, or fewer where there are not so many sequences. */
  static InputSlices cut(SparkContext context, List<KeptInput> inputs, long count) {
    InputSlices all = new InputSlices(context);
    long total = inputs.stream().mapToLong(InputSlices::steps).sum();
    long done = 0;
    int from = 0;
    for (int i = 0; i < inputs.size(); i++) {
      done += steps(inputs.get(i));
      boolean full = done * count >= total * (all.slices.size() + 1);
      if (full || i + 1 == inputs.size()) {
        InputSlice slice = new InputSlice(inputs.subList(from, i + 1));
        all.slices.add(context.broadcast(slice, SLICE));
        from = i + 1;
      }
    }
    return all;
  }

  private static long count(List<KeptInput> inputs, int cores) {
    long steps = 0;
    long bytes = 0;
    for (KeptInput input : inputs) {
      steps += steps(input);
      bytes += bytes(input);
    }
    long busy = Math.min((long) PER_CORE * cores, 1 + (steps - 1) / FEWEST_STEPS);
    return Math.max(busy, 1 + (bytes - 1) / MOST_BYTES);
  }

  /** At least one, since what is left out has a row, too. */
  private static long steps(KeptInput input) {
    return input.input() instanceof Encoded encoded ? encoded.sequence().length() : 1;
  }

  private static long bytes(KeptInput input) {
    long kept = input.kept().stream().mapToLong(String::length).sum();
    return input.input() instanceof Encoded encoded
        ? kept + steps(input) * (encoded.sequence().width() * (long) Double.BYTES + 2 * TEXT)
        : kept + 2 * TEXT;
  }

  /** How many slices. */
  int size() {
    return slices.size();
  }

  /** The sequences, a slice per partition. */
  JavaRDD<KeptInput> inputs() {
    return SparkApi.numbers(context, slices.size()).toJavaRDD().mapPartitions(new Fetch(slices));
  }

  /** Frees everything; the sequences cannot be fetched any more. */
  @Override
  public void close() {
    if (!context.isStopped()) {
      slices.forEach(Broadcast::destroy);
    }
  }

  /** Fetches the slice of a partition, which holds its number; no closure, so none is cleaned. */
  private static final class Fetch implements FlatMapFunction<Iterator<Integer>, KeptInput> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Broadcast<InputSlice>> slices;

    Fetch(ArrayList<Broadcast<InputSlice>> slices) {
      this.slices = slices;
    }

    @Override
    public Iterator<KeptInput> call(Iterator<Integer> numbers) {
      return slices.get(numbers.next()).value().inputs().iterator();
    }
  }
}
