package io.hindsight.driver.spark.placement;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
 * A {@link TaskShards} on its way to the executor that computes it: broadcasts of a page each, so
 * that neither side ever holds more than a page of it in Spark's form at a time.
 *
 * <p>This object itself is small and travels with every task. The executor fetches the pages one by
 * one, and again if it has lost them; the driver keeps them until {@link #destroy}, in what Spark
 * calls storage memory, and beyond that on its disk.
 */
public final class BroadcastShards implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<ShardPage> PAGE = ClassTag$.MODULE$.apply(ShardPage.class);
  private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);

  private final Broadcast<ShardPage> first;
  private final Broadcast<byte[]> others; // serialized broadcasts of the other pages, if any
  private final transient List<Broadcast<?>> all;

  private BroadcastShards(
      Broadcast<ShardPage> first, Broadcast<byte[]> others, List<Broadcast<?>> all) {
    this.first = first;
    this.others = others;
    this.all = all;
  }

  /**
   * Makes the shards ready to be fetched.
   *
   * @throws IllegalStateException if the session has ended
   */
  public static BroadcastShards send(SparkContext context, TaskShards shards) {
    try {
      List<Broadcast<?>> all = new ArrayList<>();
      ArrayList<Broadcast<ShardPage>> pages = new ArrayList<>();
      for (ShardPage page : ShardPage.cut(shards, ShardPage.size(context.conf()))) {
        pages.add(context.broadcast(page, PAGE));
      }
      all.addAll(pages);
      Broadcast<ShardPage> first = pages.remove(0);
      Broadcast<byte[]> others =
          pages.isEmpty() ? null : context.broadcast(serialize(pages), BYTES);
      if (others != null) {
        all.add(others);
      }
      return new BroadcastShards(first, others, all);
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
   * The shards, in a task: the driver's own in its process, else those that are read page by page.
   *
   * @throws UncheckedIOException if there is no room for it, or a page cannot be read
   */
  public TaskShards fetch() {
    ShardPage page = first.value();
    return page.whole() != null ? page.whole() : TaskShards.fetch(new Pages());
  }

  /**
   * The pages; one that was read is removed here, so that no other executor fetches it from this.
   */
  private final class Pages extends PagedInput {
    private List<Broadcast<ShardPage>> left; // null before the first page is done with
    private Broadcast<ShardPage> current;

    @Override
    protected byte[] next() throws IOException {
      if (current == null) {
        current = first;
      } else {
        UsedPages.remove(current);
        left = left == null ? others() : left;
        if (left.isEmpty()) {
          return null;
        }
        current = left.remove(0);
      }
      return current.value().bytes();
    }

    @Override
    public void close() {
      if (current != null) {
        UsedPages.remove(current);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private List<Broadcast<ShardPage>> others() throws IOException {
    if (others == null) {
      return List.of();
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(others.value()))) {
      return (List<Broadcast<ShardPage>>) in.readObject();
    } catch (ClassNotFoundException otherVersion) {
      throw new IOException("the list of pages is none: " + otherVersion, otherVersion);
    } finally {
      UsedPages.remove(others);
    }
  }

  /** Frees what executors hold of the pages; they fetch them again if they need to. */
  public void unpersist() {
    all.forEach(Broadcast::unpersist);
  }

  /** Frees everything; the shards cannot be fetched any more. */
  public void destroy() {
    all.forEach(Broadcast::destroy);
  }
}
