package io.hindsight.driver.engine.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A {@link ShardRun} on its way to the executor that computes it: broadcasts of a page each, so
 * that neither side ever holds more than a page of it in Spark's form at a time.
 *
 * <p>This object itself is small and travels with every task. The executor fetches the pages one by
 * one, and again if it has lost the run; the driver keeps them until {@link #destroy}, in what
 * Spark calls storage memory, and beyond that on its disk.
 */
public final class SentRun implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<ShardPage> PAGE = ClassTag$.MODULE$.apply(ShardPage.class);
  private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);

  private final Broadcast<ShardPage> first;
  private final Broadcast<byte[]> others; // serialized broadcasts of the other pages, if any
  private final transient List<Broadcast<?>> all;

  private SentRun(Broadcast<ShardPage> first, Broadcast<byte[]> others, List<Broadcast<?>> all) {
    this.first = first;
    this.others = others;
    this.all = all;
  }

  /**
   * Makes a run ready to be fetched.
   *
   * @throws IllegalStateException if the session has ended
   */
  public static SentRun send(SparkContext context, ShardRun run) {
    return send(context, run, ShardPage.SIZE);
  }

  static SentRun send(SparkContext context, ShardRun run, int pageSize) {
    ShardSpace.limit(context.conf(), 0); // refuses a wrong setting before an executor meets it
    try {
      List<Broadcast<?>> all = new ArrayList<>();
      ArrayList<Broadcast<ShardPage>> pages = new ArrayList<>();
      for (ShardPage page : ShardPage.cut(run, pageSize)) {
        pages.add(context.broadcast(page, PAGE));
      }
      all.addAll(pages);
      Broadcast<ShardPage> first = pages.remove(0);
      Broadcast<byte[]> others =
          pages.isEmpty() ? null : context.broadcast(serialize(pages), BYTES);
      if (others != null) {
        all.add(others);
      }
      return new SentRun(first, others, all);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot serialize the shards", failure);
    }
  }

  private static byte[] serialize(ArrayList<Broadcast<ShardPage>> pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(pages);
    }
    return bytes.toByteArray();
  }

  /**
   * The run, in a task: the driver's own in its process, else one that is read page by page.
   *
   * @throws UncheckedIOException if there is no room for it, or a page cannot be read
   */
  public ShardRun fetch() {
    ShardPage page = first.value();
    if (page.run() != null) {
      return page.run();
    }
    ShardRun run = new ShardRun();
    try (InputStream pages = new Pages(page)) {
      run.read(new DataInputStream(pages));
    } catch (IOException | ClassNotFoundException failure) {
      String why = "cannot fetch the shards: " + failure.getMessage();
      throw new UncheckedIOException(why, new IOException(why, failure));
    }
    return run;
  }

  @SuppressWarnings("unchecked")
  private List<Broadcast<ShardPage>> others() throws IOException, ClassNotFoundException {
    if (others == null) {
      return List.of();
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(others.value()))) {
      return (List<Broadcast<ShardPage>>) in.readObject();
    }
  }

  /** The bytes of all pages; a page that was read is taken from the executor again. */
  private final class Pages extends InputStream {
    private final List<Broadcast<ShardPage>> left;
    private Broadcast<ShardPage> current = first;
    private byte[] bytes;
    private int next;

    Pages(ShardPage page) throws IOException, ClassNotFoundException {
      left = new ArrayList<>(others());
      bytes = page.bytes();
    }

    @Override
    public int read() {
      return turn() ? bytes[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] values, int offset, int length) {
      if (!turn()) {
        return -1;
      }
      int count = Math.min(length, bytes.length - next);
      System.arraycopy(bytes, next, values, offset, count);
      next += count;
      return count;
    }

    /** Turns to the next page that has bytes left; false if there is none. */
    private boolean turn() {
      while (next == bytes.length && !left.isEmpty()) {
        UsedPages.remove(current);
        current = left.remove(0);
        bytes = current.value().bytes();
        next = 0;
      }
      return next < bytes.length;
    }

    @Override
    public void close() {
      UsedPages.remove(current);
    }
  }

  /** Frees what executors hold of the pages; they fetch them again if they need to. */
  public void unpersist() {
    all.forEach(Broadcast::unpersist);
  }

  /** Frees everything; the run cannot be fetched any more. */
  public void destroy() {
    all.forEach(Broadcast::destroy);
  }
}
